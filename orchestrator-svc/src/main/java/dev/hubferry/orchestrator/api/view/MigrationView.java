package dev.hubferry.orchestrator.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.PassForecast;
import dev.hubferry.contracts.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A migration as it stands.
 *
 * @param definition name and version of its saga
 * @param phase the part of the saga that it is in, or stopped in
 * @param pivotPassed whether it can only go forward
 * @param priority its place in queues, as the spec or a person wants it
 * @param pause who wants it to stand still, if anybody
 * @param queued the step that waits for its turn, and what it waits for
 * @param waitingFor the gate that a person has to answer
 * @param cause why it is taken back, was rolled back or is parked
 * @param parkedAt the step or gate that cannot go on
 * @param endedAt when it was completed, rolled back or parked
 * @param links where to read on
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MigrationView(
        String id,
        String name,
        String definition,
        String requestedBy,
        Instant requestedAt,
        State state,
        String phase,
        boolean pivotPassed,
        Priority priority,
        Optional<Pause> pause,
        Optional<QueuedView> queued,
        Optional<Waiting> waitingFor,
        Optional<String> cause,
        Optional<String> parkedAt,
        Optional<Instant> endedAt,
        MigrationSpec spec,
        Map<String, String> links)
        implements ListedView {

    /** Where a migration stands. */
    public enum State {
        RUNNING,
        COMPENSATING,
        COMPLETED,
        ROLLED_BACK,
        PARKED
    }

    /** @param inEffect false while users cannot work: a pause never lengthens a downtime */
    public record Pause(String by, String reason, Instant since, boolean inEffect) {}

    /**
     * @param expiresAt when it is taken for a no
     * @param forecast of the final pass as of now, at the gate after which the hub is closed
     * @param budget what the spec allows the final pass, if it does, at the same gate
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Waiting(
            String gate,
            Instant since,
            Instant expiresAt,
            Optional<PassForecast> forecast,
            Optional<Duration> budget) {}
}
