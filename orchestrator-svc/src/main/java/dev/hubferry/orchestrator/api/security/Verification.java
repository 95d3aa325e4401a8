package dev.hubferry.orchestrator.api.security;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;

/** Why a token of the issuer was not verified. */
sealed interface Verification {
    /** @param why one sentence without anything of the token */
    record Refused(String why) implements Verification {}

    /**
     * Nobody knows whether it is good.
     *
     * @param why for the log
     */
    record Unanswered(String why) implements Verification {}

    static Verification of(Throwable failure) {
        Optional<InvalidJwtException> invalid = within(failure, InvalidJwtException.class);
        if (invalid.isPresent()) {
            return new Refused(why(invalid.get()));
        }
        boolean answered = failure instanceof AuthenticationFailedException
                && causes(failure).noneMatch(Verification::isOfTheLine);
        return answered
                ? new Refused("the token is none that the issuer's keys verify")
                : new Unanswered(told(root(failure)));
    }

    /** Messages of those who read tokens have these in them. */
    private static String told(Throwable root) {
        return root instanceof IOException ? root.toString() : root.getClass().getName();
    }

    private static boolean isOfTheLine(Throwable cause) {
        return cause instanceof OIDCException || cause instanceof IOException || cause instanceof TimeoutException;
    }

    /** The signature is looked at first, so who has none of the issuer's learns nothing else. */
    private static String why(InvalidJwtException invalid) {
        if (within(invalid, UnresolvableKeyException.class).isPresent()) {
            return "the token is signed with a key that the issuer does not have";
        }
        if (invalid.hasErrorCode(ErrorCodes.EXPIRED)) {
            return "the token has expired";
        }
        if (invalid.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return "the token is not valid yet";
        }
        if (invalid.hasErrorCode(ErrorCodes.ISSUER_INVALID) || invalid.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return "the token is from another issuer than hubferry.auth.oidc.issuer";
        }
        if (invalid.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || invalid.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "the token is for another audience than hubferry.auth.oidc.audience";
        }
        return invalid.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)
                ? "the token's signature is wrong"
                : "the token lacks a claim that every token must have, or is signed in a way that is not taken";
    }

    private static <T extends Throwable> Optional<T> within(Throwable failure, Class<T> type) {
        return causes(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Throwable root(Throwable failure) {
        return causes(failure).reduce(failure, (_, deeper) -> deeper);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
