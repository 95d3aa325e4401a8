package dev.hubferry.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.saga.IdempotencyKey;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header {@code Idempotency-Key} of a request. */
public final class RequestKey {
    private RequestKey() {}

    /**
     * The same body as a dry run is another request than the migration.
     *
     * @throws ProblemException 400 when it is too long
     */
    public static Optional<IdempotencyKey> ofDryRun(@Nullable String key, String who, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes("dryRun\n".getBytes(UTF_8));
        request.writeBytes(body);
        return of(key, who, request.toByteArray());
    }

    /** @throws ProblemException 400 when it is too long */
    public static Optional<IdempotencyKey> of(@Nullable String key, String who, byte[] body) {
        try {
            return Optional.ofNullable(key).map(text -> new IdempotencyKey(text, who, JsonBody.sha256(body)));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problems.badHeader(String.valueOf(e.getMessage())));
        }
    }
}
