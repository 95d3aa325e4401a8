package dev.hubferry.orchestrator.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a webhook and its receiver know and nobody else: one secret, or two while it is changed; and signatures with them, by Standard Webhooks. */
public final class SigningSecrets {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final int MOST_SECRETS = 2;

    private final List<SecretKeySpec> keys;

    private SigningSecrets(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * @param lines of which each that is not empty, and no comment (#), is a secret
     * @throws IllegalArgumentException says what is wrong, and nothing of a secret
     */
    public static SigningSecrets of(List<String> lines) {
        List<SecretKeySpec> keys = lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(SigningSecrets::key)
                .toList();
        if (keys.isEmpty() || keys.size() > MOST_SECRETS) {
            throw new IllegalArgumentException(
                    "has %d secrets: write one, or two while you change it, each on a line".formatted(keys.size()));
        }
        return new SigningSecrets(keys);
    }

    private static SecretKeySpec key(String line) {
        if (!line.startsWith(PREFIX)) {
            throw new IllegalArgumentException("has a secret that does not begin with " + PREFIX + ": write " + PREFIX
                    + " and the base64 of 24 to 64 random bytes");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(line.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            // Without the cause, which quotes characters of the secret.
            throw new IllegalArgumentException(
                    "has a secret that is no base64 behind " + PREFIX + ": write the base64 of 24 to 64 random bytes");
        }
        if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("has a secret of %d bytes: make one of %d to %d bytes"
                    .formatted(bytes.length, LEAST_BYTES, MOST_BYTES));
        }
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    /** The header {@code webhook-signature}: {@code v1,} and a signature in base64 for each secret, with spaces between. */
    public String sign(String id, long unixSeconds, byte[] body) {
        return keys.stream()
                .map(key -> "v1," + Base64.getEncoder().encodeToString(signature(key, id, unixSeconds, body)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] signature(SecretKeySpec key, String id, long unixSeconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + unixSeconds + ".").getBytes(UTF_8));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return keys.size() + " secrets";
    }
}
