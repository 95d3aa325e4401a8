package dev.hubferry.orchestrator.api;

import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.saga.IdempotencyKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header {@code Idempotency-Key} of a request. */
final class RequestKey {
    private RequestKey() {}

    /** @throws ProblemException 400 when it is too long */
    static Optional<IdempotencyKey> of(@Nullable String key, String who, byte[] body) {
        try {
            return Optional.ofNullable(key).map(text -> new IdempotencyKey(text, who, JsonBody.sha256(body)));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problems.badHeader(String.valueOf(e.getMessage())));
        }
    }
}
