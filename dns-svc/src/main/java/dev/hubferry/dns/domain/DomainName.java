package dev.hubferry.dns.domain;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * A fully qualified DNS name in one spelling.
 *
 * @param value ASCII, lower case, without a trailing dot
 */
public record DomainName(String value) {

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    private static final String APEX = "@";

    public DomainName {
        value = spelled(value);
        if (value.isEmpty() || value.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("not a DNS name: '" + value + "'");
        }
        for (String label : value.split("\\.", -1)) {
            if (label.isEmpty()
                    || label.length() > LONGEST_LABEL
                    || label.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException("not a DNS name: '" + value + "'");
            }
        }
    }

    public static DomainName of(String text) {
        return new DomainName(text);
    }

    /** The name that somebody typed, if it is one. */
    public static Optional<DomainName> parse(String text) {
        try {
            return Optional.of(new DomainName(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether this is {@code zone} itself or a name below it. */
    public boolean isWithin(DomainName zone) {
        return equals(zone) || value.endsWith("." + zone.value);
    }

    /**
     * The name relative to {@code zone}, {@code "@"} for the zone itself.
     *
     * @throws IllegalArgumentException when it is not within the zone
     */
    public String hostIn(DomainName zone) {
        if (!isWithin(zone)) {
            throw new IllegalArgumentException(value + " is not within " + zone.value);
        }
        return equals(zone) ? APEX : value.substring(0, value.length() - zone.value.length() - 1);
    }

    /** Lower case, ASCII, without surrounding blanks and trailing dot; nothing else is changed. */
    static String spelled(String name) {
        String text = name.strip().toLowerCase(Locale.ROOT);
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return bare.chars().allMatch(c -> c < 128) ? bare : IDN.toASCII(bare);
    }

    @Override
    public String toString() {
        return value;
    }
}
