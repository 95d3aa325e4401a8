package dev.hubferry.cli.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as specs have them: {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}, or ISO 8601. */
public final class Times implements ITypeConverter<Duration> {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(s|m|h|d)");

    @Override
    public Duration convert(String text) {
        Duration time = parsed(text);
        if (time.isNegative() || time.isZero()) {
            throw new TypeConversionException("must be longer than nothing, but was '" + text + "'");
        }
        return time;
    }

    private static Duration parsed(String text) {
        Matcher matcher = SHORT.matcher(text);
        try {
            return matcher.matches()
                    ? Duration.parse((matcher.group(2).equals("d") ? "P" : "PT") + matcher.group(1) + matcher.group(2))
                    : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("must be a time like 30s, 5m or 2h, but was '" + text + "'");
        }
    }
}
