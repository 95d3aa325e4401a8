package dev.hubferry.bench.homes;

import java.util.Map;

/** What lies between the two hosts. */
enum LinkKind {
    LOOPBACK("loopback"),
    WAN20("1 Gbit/s, a round trip takes 20 ms"),
    WAN80("1 Gbit/s, a round trip takes 80 ms"),
    CAPPED("loopback, each connection capped at 40 Mbit/s");

    private final String title;

    LinkKind(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Settings of storage-svc that the goal of this link speaks of; {@code --set} has the last word. */
    Map<String, String> settings() {
        return this == CAPPED ? Map.of("hubferry.storage.workers", "4") : Map.of();
    }
}
