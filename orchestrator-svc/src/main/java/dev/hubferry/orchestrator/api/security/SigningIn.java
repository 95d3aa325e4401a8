package dev.hubferry.orchestrator.api.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in at the issuer that a browser has begun, as it keeps it until it comes back, whichever replica answers then.
 *
 * @param state comes back with the code; another site that sends a browser here with a code of its own does not know it
 * @param verifier proves that the code is exchanged by who asked for it (RFC 7636)
 * @param to the page to go to afterwards
 */
public record SigningIn(String state, String verifier, String to) {
    private static final int PARTS = 3;
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    public static SigningIn begin(String to) {
        return new SigningIn(random(), random(), to);
    }

    /** What the browser keeps. */
    public String kept() {
        return String.join(".", state, verifier, BASE64.encodeToString(to.getBytes(UTF_8)));
    }

    /** Empty when it is nothing that {@link #kept} made, or another state came back. */
    public static Optional<SigningIn> resume(@Nullable String kept, @Nullable String state) {
        if (kept == null || state == null) {
            return Optional.empty();
        }
        List<String> parts = List.of(kept.split("\\.", -1));
        if (parts.size() != PARTS || !MessageDigest.isEqual(parts.getFirst().getBytes(UTF_8), state.getBytes(UTF_8))) {
            return Optional.empty();
        }
        try {
            String to = new String(Base64.getUrlDecoder().decode(parts.getLast()), UTF_8);
            return Optional.of(new SigningIn(parts.getFirst(), parts.get(1), to));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String challenge() {
        try {
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "SigningIn[to=" + to + "]";
    }
}
