package dev.hubferry.orchestrator.config;

import dev.hubferry.orchestrator.api.security.PublicKeys;
import dev.hubferry.orchestrator.api.security.Requesters;
import java.time.Duration;

/** Makes of the configuration whose signed requests are taken. */
final class RequestersReader {
    /** Much less than answers are remembered. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private RequestersReader() {}

    /** @throws IllegalArgumentException when something is wrong; says which key, and what it should be */
    static Requesters read(RequestsConfig config) {
        if (!config.maxAge().isPositive() || config.maxAge().compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "hubferry.requests.max-age is " + config.maxAge() + ", not longer than nothing and at most a day");
        }
        return new Requesters(config.requesters().entrySet().stream()
                .map(entry -> PublicKeys.requester(
                        entry.getKey(),
                        entry.getValue().publicKeyFile(),
                        entry.getValue().roles()))
                .toList());
    }
}
