package dev.hubferry.cli.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/** How long to wait before something is tried again, and for how long to try. */
public final class Waits {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Statuses of a server, or a proxy before it, that may be gone soon. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final Duration patience;
    private final InstantSource clock;
    private long since = System.nanoTime();
    private Duration next = FIRST;

    Waits(Duration patience, InstantSource clock) {
        this.patience = patience;
        this.clock = clock;
    }

    static boolean isPassing(int status) {
        return PASSING.contains(status);
    }

    /** Something was heard: patience begins anew. */
    public void reset() {
        since = System.nanoTime();
        next = FIRST;
    }

    /** The time to wait; empty when patience would be over by then. */
    public Optional<Duration> next() {
        Duration wait = next;
        next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
        return within(wait);
    }

    /** The same, as the server asked for it, if it did. */
    Optional<Duration> next(HttpHeaders headers) {
        Optional<Duration> asked = headers.firstValue("Retry-After").flatMap(this::retryAfter);
        return asked.isPresent() ? within(asked.get()) : next();
    }

    private Optional<Duration> within(Duration wait) {
        Duration gone = Duration.ofNanos(System.nanoTime() - since);
        return gone.plus(wait).compareTo(patience) <= 0 ? Optional.of(wait) : Optional.empty();
    }

    private Optional<Duration> retryAfter(String text) {
        try {
            Duration asked = text.strip().matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text.strip()))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return Optional.of(asked.isNegative() ? Duration.ZERO : asked);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
