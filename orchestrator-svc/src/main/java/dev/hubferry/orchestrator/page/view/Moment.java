package dev.hubferry.orchestrator.page.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A time on the page. */
public record Moment(Instant at) {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** For machines, such as {@code 2026-11-22T10:00:00Z}. */
    public String iso() {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** For people, such as {@code 2026-11-22 10:00:00 UTC}. */
    public String text() {
        return TEXT.format(at);
    }
}
