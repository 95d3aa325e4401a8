package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Reply;
import java.time.Instant;

/** What a step's command may depend on: the spec, what earlier steps answered, and the time of the decision. */
public final class SagaContext {
    private final MigrationSpec spec;
    private final Ledger ledger;
    private final Instant now;

    public SagaContext(MigrationSpec spec, Ledger ledger, Instant now) {
        this.spec = spec;
        this.ledger = ledger;
        this.now = now;
    }

    public MigrationSpec spec() {
        return spec;
    }

    public Instant now() {
        return now;
    }

    /**
     * What a step that stands earlier in the definition answered.
     *
     * @throws IllegalStateException when it has not succeeded or answered something else: an error in the definition
     */
    public <R extends Reply> R reply(String step, Class<R> type) {
        if (!(ledger.step(step).forward() instanceof Run.Succeeded succeeded)) {
            throw new IllegalStateException("step " + step + " has not succeeded, so nothing may depend on its reply");
        }
        if (!type.isInstance(succeeded.reply())) {
            throw new IllegalStateException("step " + step + " answered "
                    + succeeded.reply().getClass().getSimpleName() + ", not " + type.getSimpleName());
        }
        return type.cast(succeeded.reply());
    }

    /**
     * When a step that stands earlier in the definition had succeeded or was skipped.
     *
     * @throws IllegalStateException when it has done neither: an error in the definition
     */
    public Instant endOf(String step) {
        return switch (ledger.step(step).forward()) {
            case Run.Succeeded succeeded -> succeeded.endedAt();
            case Run.Skipped skipped -> skipped.endedAt();
            case Run.NotStarted _, Run.Queued _, Run.InFlight _, Run.Cancelling _, Run.AwaitingRetry _, Run.Failed _ ->
                throw new IllegalStateException("step " + step + " has not ended well, so nothing may depend on it");
        };
    }
}
