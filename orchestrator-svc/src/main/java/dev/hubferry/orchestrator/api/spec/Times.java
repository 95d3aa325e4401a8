package dev.hubferry.orchestrator.api.spec;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 300s}, {@code 5m}, {@code 2h}, {@code 7d}, or ISO 8601. */
public final class Times {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})\\s*([smhd])");

    private Times() {}

    static Optional<Duration> duration(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    });
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A point in time with its offset; empty when it is none, or none that the database and a person's calendar can hold. */
    public static Optional<Instant> instant(String text) {
        try {
            OffsetDateTime read = OffsetDateTime.parse(text);
            return read.getYear() < 1970 || read.getYear() > 9999 ? Optional.empty() : Optional.of(read.toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
