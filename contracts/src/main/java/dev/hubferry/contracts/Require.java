package dev.hubferry.contracts;

import java.time.Duration;
import java.util.Collection;

/** Checks of record components; each says which value of which component was wrong. */
public final class Require {
    private Require() {}

    /**
     * Returns {@code value} when it has a visible character.
     *
     * @throws IllegalArgumentException when it is blank or absent; the message names {@code component}
     */
    public static String text(String value, String component) {
        // Jackson hands null to a record for a missing property, whatever the declared type says.
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(component + " must not be empty, but was " + quoted(value));
        }
        return value;
    }

    /**
     * Returns {@code value} when it is an absolute path without {@code .} and {@code ..} and other than {@code /}; a trailing slash is
     * dropped, so that one directory is written in one way only.
     *
     * @throws IllegalArgumentException naming {@code component}
     */
    public static String absolutePath(String value, String component) {
        text(value, component);
        String path = value.length() > 1 && value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
        String closed = path + "/";
        boolean wanders = closed.contains("/../") || closed.contains("/./") || closed.contains("//");
        if (!path.startsWith("/")
                || path.equals("/")
                || wanders
                || path.indexOf('\0') >= 0
                || path.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(component
                    + " must be an absolute path below / without '.', '..' or '//', but was " + quoted(value));
        }
        return path;
    }

    /** Returns {@code value} when it is zero or more, else throws {@link IllegalArgumentException} naming {@code component}. */
    public static long notNegative(long value, String component) {
        if (value < 0) {
            throw new IllegalArgumentException(component + " must not be negative, but was " + value);
        }
        return value;
    }

    /** Returns {@code value} when it is zero or longer, else throws {@link IllegalArgumentException} naming {@code component}. */
    public static Duration notNegative(Duration value, String component) {
        present(value, component);
        if (value.isNegative()) {
            throw new IllegalArgumentException(component + " must not be negative, but was " + value);
        }
        return value;
    }

    /** Returns {@code value} when it is there, else throws {@link IllegalArgumentException} naming {@code component}. */
    public static <T> T present(T value, String component) {
        if (value == null) {
            throw new IllegalArgumentException(component + " is missing");
        }
        return value;
    }

    /** Throws {@link IllegalArgumentException} naming {@code component} when {@code values} is empty. */
    public static <C extends Collection<?>> C notEmpty(C values, String component) {
        present(values, component);
        if (values.isEmpty()) {
            throw new IllegalArgumentException(component + " must not be empty");
        }
        return values;
    }

    private static String quoted(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "absent" : "'" + value + "'";
    }
}
