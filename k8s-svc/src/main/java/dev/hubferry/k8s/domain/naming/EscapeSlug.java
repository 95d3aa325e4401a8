package dev.hubferry.k8s.domain.naming;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The scheme of KubeSpawner before 7: every byte outside {@code [a-z0-9]} becomes a dash and two hex digits. */
final class EscapeSlug {
    private EscapeSlug() {}

    static String of(String name) {
        StringBuilder slug = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (Ascii.isLowerAlphanumeric(c)) {
                slug.append(c);
            } else {
                slug.append("-%02x".formatted(b & 0xff));
            }
        }
        return slug.toString();
    }

    /** The lossy form that very old charts call {@code legacy_escape_username}: each character outside {@code [a-z0-9]} is a dash. */
    static String lossy(String name) {
        StringBuilder slug = new StringBuilder();
        name.toLowerCase(Locale.ROOT)
                .codePoints()
                .forEach(c -> slug.append(c < 128 && Ascii.isLowerAlphanumeric((char) c) ? (char) c : '-'));
        return slug.toString();
    }
}
