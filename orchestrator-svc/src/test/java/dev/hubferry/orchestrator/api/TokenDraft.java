package dev.hubferry.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** A token before it is signed. */
record TokenDraft(Map<String, Object> claims, RsaJsonWebKey key) {
    static TokenDraft of(String issuer, String person, RsaJsonWebKey key) {
        Instant now = Instant.now();
        return new TokenDraft(
                Map.of(
                        "iss", issuer,
                        "sub", UUID.nameUUIDFromBytes(person.getBytes(UTF_8)).toString(),
                        "aud", List.of("hubferry", "account"),
                        "iat", now.minusSeconds(60).getEpochSecond(),
                        "exp", now.plusSeconds(300).getEpochSecond(),
                        "jti", UUID.randomUUID().toString(),
                        "preferred_username", person),
                key);
    }

    TokenDraft with(String claim, Object value) {
        Map<String, Object> more = new HashMap<>(claims);
        more.put(claim, value);
        return new TokenDraft(more, key);
    }

    TokenDraft without(String claim) {
        Map<String, Object> fewer = new HashMap<>(claims);
        fewer.remove(claim);
        return new TokenDraft(fewer, key);
    }

    /** As Keycloak has them. */
    TokenDraft groups(String... groups) {
        return with("realm_access", Map.of("roles", List.of(groups)));
    }

    /** @param from now */
    TokenDraft at(String claim, Duration from) {
        return with(claim, Instant.now().plus(from).getEpochSecond());
    }

    TokenDraft key(RsaJsonWebKey other) {
        return new TokenDraft(claims, other);
    }

    String signed() {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue("RS256");
        return compact(signature);
    }

    /** With the public key, which everybody knows, as a shared secret. */
    String signedWithPublicKey() {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setKey(new HmacKey(key.getPublicKey().getEncoded()));
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue("HS256");
        return compact(signature);
    }

    String unsigned() {
        return part(Map.of("alg", "none", "kid", key.getKeyId())) + "." + part(claims) + ".";
    }

    private String compact(JsonWebSignature signature) {
        try {
            signature.setPayload(JsonUtil.toJson(claims));
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(Map<String, Object> json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JsonUtil.toJson(json).getBytes(UTF_8));
    }
}
