package dev.hubferry.bench.homes;

/** The two hosts. */
enum Role {
    SOURCE,
    TARGET;

    /** As a name of a folder, a storage connection and a host in ssh's configuration. */
    String wireName() {
        return switch (this) {
            case SOURCE -> "source";
            case TARGET -> "target";
        };
    }
}
