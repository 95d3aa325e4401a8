package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Reply;
import java.time.Instant;

/** What a step's command may depend on: the spec and what earlier steps answered. */
public final class SagaContext {
    private final MigrationSpec spec;
    private final Ledger ledger;

    public SagaContext(MigrationSpec spec, Ledger ledger) {
        this.spec = spec;
        this.ledger = ledger;
    }

    public MigrationSpec spec() {
        return spec;
    }

    /**
     * What a step that stands earlier in the definition answered.
     *
     * @throws IllegalStateException when it has not succeeded or answered something else: an error in the definition
     */
    public <R extends Reply> R reply(String step, Class<R> type) {
        Reply reply = succeeded(step).reply();
        if (!type.isInstance(reply)) {
            throw new IllegalStateException(
                    "step " + step + " answered " + reply.getClass().getSimpleName() + ", not " + type.getSimpleName());
        }
        return type.cast(reply);
    }

    /** When a step that stands earlier in the definition had succeeded; throws as {@link #reply} does. */
    public Instant endOf(String step) {
        return succeeded(step).endedAt();
    }

    private Run.Succeeded succeeded(String step) {
        if (ledger.step(step).forward() instanceof Run.Succeeded succeeded) {
            return succeeded;
        }
        throw new IllegalStateException("step " + step + " has not succeeded, so nothing may depend on its reply");
    }
}
