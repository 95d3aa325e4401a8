package dev.hubferry.orchestrator.saga.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures as people read them. */
public final class Figures {
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB");

    private Figures() {}

    /** Such as {@code 512 bytes}, {@code 1.5 GB}. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.95 && unit < UNITS.size() - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
    }

    /** Such as {@code 7,000}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as {@code 1 home}, {@code 60 homes}. */
    static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** Exactly, such as {@code 29 min 59 s}, {@code 1 d}. */
    public static String time(Duration time) {
        List<String> parts = new ArrayList<>();
        add(parts, time.toDaysPart(), "d");
        add(parts, time.toHoursPart(), "h");
        add(parts, time.toMinutesPart(), "min");
        add(parts, time.toSecondsPart(), "s");
        add(parts, time.toMillisPart(), "ms");
        return parts.isEmpty() ? "0 s" : String.join(" ", parts);
    }

    private static void add(List<String> parts, long value, String unit) {
        if (value != 0) {
            parts.add(value + " " + unit);
        }
    }
}
