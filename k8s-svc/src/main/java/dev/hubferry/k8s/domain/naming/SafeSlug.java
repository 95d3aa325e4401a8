package dev.hubferry.k8s.domain.naming;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The scheme of KubeSpawner 7 and later: valid names stay, others are stripped and end in eight digits of their SHA-256. */
final class SafeSlug {
    /** The length that KubeSpawner allows each name that it puts into a template. */
    static final int MAX_LENGTH = 48;

    private static final int HASH_DIGITS = 8;
    private static final int LONGEST_OBJECT_NAME = 63;
    private static final Pattern OBJECT_NAME = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^a-z0-9]+");

    private SafeSlug() {}

    static String of(String name) {
        boolean valid = name.length() <= Math.min(MAX_LENGTH, LONGEST_OBJECT_NAME)
                && !name.contains("--")
                && OBJECT_NAME.matcher(name).matches();
        return valid ? name : stripped(name, MAX_LENGTH - HASH_DIGITS - 3) + "---" + hash(List.of(name));
    }

    /** Several names with one hash behind them all, at most {@link #MAX_LENGTH} characters. */
    static String ofAll(List<String> names) {
        int each = (MAX_LENGTH - HASH_DIGITS - 1) / names.size() - 2;
        return names.stream().map(name -> stripped(name, each)).collect(Collectors.joining("--")) + "---" + hash(names);
    }

    private static String stripped(String name, int maxLength) {
        String dashed = NOT_ALPHANUMERIC.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
        String cut = stripEnd(shortened(stripStart(dashed), maxLength));
        if (cut.isEmpty()) {
            return "x";
        }
        return Ascii.isLower(cut.charAt(0)) ? cut : "x-" + shortened(cut, maxLength - 2);
    }

    private static String hash(List<String> names) {
        MessageDigest digest = sha256();
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                // 0xFF never starts a character in UTF-8, so that ("ab","c") and ("a","bc") differ.
                digest.update((byte) 0xff);
            }
            digest.update(names.get(i).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String shortened(String text, int maxLength) {
        return text.length() <= maxLength ? text : text.substring(0, maxLength);
    }

    private static String stripStart(String text) {
        return text.replaceFirst("^-+", "");
    }

    private static String stripEnd(String text) {
        return text.replaceFirst("-+$", "");
    }
}
