package dev.hubferry.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Signs requests as anybody's tool would, with nothing of Hubferry's. */
record Signer(String kid, PrivateKey key, String algorithm, String signature) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** Key pairs of Ed25519: {@code <word>.pub} in PEM, and {@code <word>.key}. */
    static void make(Path directory, String... words) throws IOException {
        for (String word : words) {
            write(directory, word, pair("Ed25519", "Ed25519"));
        }
    }

    static void makeP256(Path directory, String word) throws IOException {
        write(directory, word, pair("EC", "secp256r1"));
    }

    static Signer ed25519(Path directory, String word) {
        return new Signer(word, read(directory, word, "Ed25519"), "EdDSA", "Ed25519");
    }

    static Signer p256(Path directory, String word) {
        return new Signer(word, read(directory, word, "EC"), "ES256", "SHA256withECDSAinP1363Format");
    }

    /** Good for five minutes from now on. */
    static Map<String, Object> claims(String jti, String type) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", jti);
        claims.put("iat", now);
        claims.put("exp", now + 300);
        claims.put("type", type);
        return claims;
    }

    String sign(Map<String, Object> claims) {
        return sign(Map.of("alg", algorithm, "kid", kid), json(claims));
    }

    String sign(Map<String, Object> header, byte[] payload) {
        String input = BASE64.encodeToString(json(header)) + "." + BASE64.encodeToString(payload);
        try {
            Signature signing = Signature.getInstance(signature);
            signing.initSign(key);
            signing.update(input.getBytes(UTF_8));
            return input + "." + BASE64.encodeToString(signing.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair(String kind, String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (kind.equals("EC")) {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Path directory, String word, KeyPair pair) throws IOException {
        Files.write(directory.resolve(word + ".key"), pair.getPrivate().getEncoded());
        Files.writeString(
                directory.resolve(word + ".pub"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
    }

    private static PrivateKey read(Path directory, String word, String kind) {
        try {
            byte[] encoded = Files.readAllBytes(directory.resolve(word + ".key"));
            return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
