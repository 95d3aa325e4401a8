package dev.hubferry.testbed;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords for parts that live as long as a test, which a search cannot take for anything else. */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** 40 hexadecimal digits. */
    public static String next() {
        byte[] bytes = new byte[20];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
