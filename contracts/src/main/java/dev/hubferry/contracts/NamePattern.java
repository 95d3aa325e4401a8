package dev.hubferry.contracts;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern for one name, as shells have them, on bytes: {@code *} is any number of bytes, {@code ?} one, {@code [a-z_]} and {@code [!0-9]}
 * one of a set or none of it, and a backslash takes the meaning from what follows. A leading dot is a byte like others.
 */
public final class NamePattern {
    /** Each takes one byte; {@link #ANY_NUMBER} any number of them. */
    private final List<BitSet> parts;

    private static final BitSet ANY_NUMBER = all();
    private static final BitSet ANY_ONE = all();

    private NamePattern(List<BitSet> parts) {
        this.parts = List.copyOf(parts);
    }

    private static BitSet all() {
        BitSet all = new BitSet(256);
        all.set(0, 256);
        return all;
    }

    private static BitSet only(char value) {
        BitSet one = new BitSet(256);
        one.set(value);
        return one;
    }

    /**
     * @param bytes of the pattern, one char for each
     * @throws IllegalArgumentException saying what is wrong, as the rest of a sentence that begins with the pattern
     */
    static NamePattern parse(String bytes) {
        List<BitSet> parts = new ArrayList<>();
        for (int at = 0; at < bytes.length(); at++) {
            switch (bytes.charAt(at)) {
                case '*' -> parts.add(ANY_NUMBER);
                case '?' -> parts.add(ANY_ONE);
                case '[' -> {
                    int end = closing(bytes, at);
                    parts.add(set(bytes.substring(at + 1, end)));
                    at = end;
                }
                case '\\' -> {
                    at++;
                    if (at == bytes.length()) {
                        throw new IllegalArgumentException("has a backslash with nothing behind it");
                    }
                    parts.add(only(bytes.charAt(at)));
                }
                default -> parts.add(only(bytes.charAt(at)));
            }
        }
        return new NamePattern(parts);
    }

    /** Where a bracket is closed; one that comes first in the set is a member of it. */
    private static int closing(String bytes, int open) {
        int first = open + 1;
        if (first < bytes.length() && isNegation(bytes.charAt(first))) {
            first++;
        }
        int end = bytes.indexOf(']', first + 1);
        if (end < 0) {
            throw new IllegalArgumentException(
                    "has a '[' that is not closed within the name; for the character write \\[");
        }
        return end;
    }

    private static boolean isNegation(char c) {
        return c == '!' || c == '^';
    }

    private static BitSet set(String inside) {
        boolean negated = isNegation(inside.charAt(0));
        String members = negated ? inside.substring(1) : inside;
        if (members.chars().anyMatch(c -> c >= 0x80 || c == '\\')) {
            throw new IllegalArgumentException("has a set with something other than ASCII in it, or with a backslash");
        }
        if (members.contains("[:") || members.contains("[.") || members.contains("[=")) {
            throw new IllegalArgumentException("has a class such as [:alpha:], which is not known; write [A-Za-z]");
        }
        BitSet set = new BitSet(256);
        for (int at = 0; at < members.length(); at++) {
            char from = members.charAt(at);
            boolean range = at + 2 < members.length() && members.charAt(at + 1) == '-';
            char to = range ? members.charAt(at + 2) : from;
            if (from > to) {
                throw new IllegalArgumentException("has the range '%s-%s', which is empty".formatted(from, to));
            }
            set.set(from, to + 1);
            at += range ? 2 : 0;
        }
        if (negated) {
            set.flip(0, 256);
        }
        return set;
    }

    boolean matchesEverything() {
        return parts.stream().allMatch(part -> part == ANY_NUMBER);
    }

    /** @param name bytes, one char for each */
    boolean matches(String name) {
        int part = 0;
        int at = 0;
        int star = -1;
        int taken = 0;
        while (at < name.length()) {
            if (part < parts.size() && parts.get(part) == ANY_NUMBER) {
                star = part++;
                taken = at;
            } else if (part < parts.size() && parts.get(part).get(name.charAt(at))) {
                part++;
                at++;
            } else if (star >= 0) {
                // The last star takes one byte more. Earlier ones need not: they took as little as they could.
                part = star + 1;
                at = ++taken;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part) == ANY_NUMBER) {
            part++;
        }
        return part == parts.size();
    }
}
