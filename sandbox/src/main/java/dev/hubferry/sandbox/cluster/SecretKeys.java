package dev.hubferry.sandbox.cluster;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret values of a hub; the same on both sides when the target mimics the source.
 *
 * @param cookieSecret signs users' cookies
 * @param cryptKeys encrypt auth_state
 * @param proxyToken between hub and proxy
 * @param serviceToken of the JupyterHub service hubferry
 */
public record SecretKeys(String cookieSecret, String cryptKeys, String proxyToken, String serviceToken) {

    /** New random keys. */
    public static SecretKeys random() {
        return new SecretKeys(hex(), hex(), hex(), hex());
    }

    private static String hex() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    @Override
    public String toString() {
        return "SecretKeys[***]";
    }
}
