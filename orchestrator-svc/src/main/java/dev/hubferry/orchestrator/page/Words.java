package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.saga.plan.Figures;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How values are written on the page. */
@TemplateExtension(namespace = "say")
final class Words {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    /** A point in time; the page's script makes it one from now. Nothing of it needs to be escaped. */
    static RawString time(Instant at) {
        return new RawString("<time datetime=\"%s\" title=\"%s\" data-relative>%s</time>"
                .formatted(at.truncatedTo(ChronoUnit.MILLIS), EXACT.format(at), SHORT.format(at)));
    }

    static String duration(Duration time) {
        return Figures.time(time);
    }

    static String bytes(long bytes) {
        return Figures.bytes(bytes);
    }

    static String count(long number) {
        return Figures.count(number);
    }

    /** {@code ROLLED_BACK} as {@code rolled back}. */
    static String words(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    }

    /** The class of a badge: {@code ROLLED_BACK} as {@code badge-rolled-back}. */
    static String badge(Object state) {
        return "badge-" + state.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "-");
    }
}
