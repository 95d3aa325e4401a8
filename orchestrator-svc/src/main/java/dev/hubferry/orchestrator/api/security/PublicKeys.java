package dev.hubferry.orchestrator.api.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;

/** Public keys in PEM files, as {@code openssl pkey -pubout} writes them: Ed25519 or P-256. */
public final class PublicKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    private PublicKeys() {}

    /**
     * Who signs with the key in a file.
     *
     * @throws IllegalArgumentException when it cannot be read or is no such key; says which file and what it should be
     */
    public static Requester requester(String word, Path file, Set<String> roles) {
        String where = "hubferry.requests.requesters.%s.public-key-file: %s ".formatted(word, file);
        String text = read(file, where);
        if (text.contains("PRIVATE KEY")) {
            throw new IllegalArgumentException(where + "has a private key: that one is only for who signs;"
                    + " openssl pkey -in private.pem -pubout makes the public one");
        }
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw new IllegalArgumentException(where + "has no -----BEGIN PUBLIC KEY-----");
        }
        try {
            var encoded = new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
            return key("Ed25519", encoded)
                    .map(key -> new Requester(word, key, AlgorithmIdentifiers.EDDSA, roles))
                    .or(() -> key("EC", encoded)
                            .filter(PublicKeys::isP256)
                            .map(key -> new Requester(
                                    word, key, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, roles)))
                    .orElseThrow(() -> new IllegalArgumentException(where + "is no key of Ed25519 or P-256"));
        } catch (IllegalArgumentException e) {
            throw String.valueOf(e.getMessage()).startsWith("hubferry.")
                    ? e
                    : new IllegalArgumentException(where + "is no base64", e);
        }
    }

    private static String read(Path file, String where) {
        try {
            return Files.readString(file, US_ASCII);
        } catch (IOException e) {
            throw new IllegalArgumentException(where + "cannot be read: " + e, e);
        }
    }

    private static Optional<PublicKey> key(String kind, X509EncodedKeySpec encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(kind).generatePublic(encoded));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static boolean isP256(PublicKey key) {
        return key instanceof ECPublicKey point && point.getParams().getCurve().equals(EllipticCurves.P256.getCurve());
    }
}
