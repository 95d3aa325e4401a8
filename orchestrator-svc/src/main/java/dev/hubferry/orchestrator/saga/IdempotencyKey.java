package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.Require;

/**
 * What makes a repeated request the same request.
 *
 * @param key what the client chose, at most 200 characters
 * @param principal who asked; the keys of one do not meet those of another
 * @param bodyHash lower-case hex SHA-256 of the request's body
 */
public record IdempotencyKey(String key, String principal, String bodyHash) {
    public static final int LONGEST = 200;

    public IdempotencyKey {
        Require.text(key, "Idempotency-Key");
        if (key.length() > LONGEST) {
            throw new IllegalArgumentException("Idempotency-Key is longer than " + LONGEST + " characters");
        }
        Require.text(principal, "principal");
        Require.text(bodyHash, "bodyHash");
    }
}
