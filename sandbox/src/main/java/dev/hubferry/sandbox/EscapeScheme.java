package dev.hubferry.sandbox;

import java.nio.charset.StandardCharsets;

/**
 * KubeSpawner's {@code escape} scheme, which names the home directories of older hubs.
 *
 * <p>Written apart from the product's, so that a mistake is not made twice.
 */
public final class EscapeScheme {
    private EscapeScheme() {}

    /** The directory name of a user: {@code [a-z0-9]} stay, each other byte of the UTF-8 form becomes {@code -xx}. */
    public static String directory(String user) {
        StringBuilder name = new StringBuilder();
        for (byte unit : user.getBytes(StandardCharsets.UTF_8)) {
            if ((unit >= 'a' && unit <= 'z') || (unit >= '0' && unit <= '9')) {
                name.append((char) unit);
            } else {
                name.append("-%02x".formatted(unit & 0xff));
            }
        }
        return name.toString();
    }
}
