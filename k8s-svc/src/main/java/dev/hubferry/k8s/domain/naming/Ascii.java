package dev.hubferry.k8s.domain.naming;

/** Character classes that slugs are made of. */
final class Ascii {
    private Ascii() {}

    static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isLowerAlphanumeric(char c) {
        return isLower(c) || (c >= '0' && c <= '9');
    }
}
