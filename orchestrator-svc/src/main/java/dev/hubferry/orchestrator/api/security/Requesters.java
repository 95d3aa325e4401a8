package dev.hubferry.orchestrator.api.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose a signed request is: a compact JWS (RFC 7515) whose {@code kid} names a requester. The algorithm is the one of that
 * requester's key, whatever the request says.
 */
public final class Requesters {
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final Map<String, Requester> byWord = new HashMap<>();

    /** @throws IllegalArgumentException when two have one key: each could pose as the other */
    public Requesters(Collection<Requester> requesters) {
        for (Requester requester : requesters) {
            for (Requester other : byWord.values()) {
                if (other.key().equals(requester.key())) {
                    throw new IllegalArgumentException("hubferry.requests.requesters: %s and %s have the same key"
                            .formatted(other.word(), requester.word()));
                }
            }
            byWord.put(requester.word(), requester);
        }
    }

    public boolean isEmpty() {
        return byWord.isEmpty();
    }

    /** What a look at a record's value has shown. */
    public sealed interface Checked {
        /** @param payload what was signed */
        @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
        record Genuine(Requester requester, byte[] payload) implements Checked {}

        /** Nobody knows who sent it. @param why without anything of it but names */
        record Spurious(String why) implements Checked {}
    }

    public Checked check(byte @Nullable [] value) {
        String text = value == null ? "" : new String(value, ISO_8859_1).strip();
        if (!COMPACT.matcher(text).matches()) {
            return new Checked.Spurious("the value is no compact JWS: three parts of base64url with points between");
        }
        JsonWebSignature signature = new JsonWebSignature();
        try {
            signature.setCompactSerialization(text);
            Optional<String> word = Optional.ofNullable(signature.getKeyIdHeaderValue());
            return word.map(this::find)
                    .map(found -> found.map(requester -> check(signature, requester))
                            .orElseGet(() -> new Checked.Spurious("no requester is called "
                                    + word.filter(Requester::isWord).orElse("so"))))
                    .orElseGet(() -> new Checked.Spurious("the header has no kid, the name of the requester"));
        } catch (JoseException e) {
            return new Checked.Spurious("the value is no JWS: its header cannot be read");
        }
    }

    private Optional<Requester> find(String word) {
        return Optional.ofNullable(byWord.get(word));
    }

    private static Checked check(JsonWebSignature signature, Requester requester) {
        String claimed = signature.getAlgorithmHeaderValue();
        if (!requester.algorithm().equals(claimed)) {
            return new Checked.Spurious(
                    "the alg of %s is %s, whatever a request says".formatted(requester.name(), requester.algorithm()));
        }
        signature.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, requester.algorithm()));
        signature.setKey(requester.key());
        try {
            return signature.verifySignature()
                    ? new Checked.Genuine(requester, signature.getPayloadBytes())
                    : new Checked.Spurious("the signature is none of " + requester.name());
        } catch (JoseException e) {
            return new Checked.Spurious("the signature cannot be one of " + requester.name());
        }
    }
}
