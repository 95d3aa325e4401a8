package dev.hubferry.orchestrator.saga.engine;

import java.time.Instant;
import java.util.Optional;

/** Where an approval stands. */
public sealed interface GateState {
    GateState NOT_ASKED = new NotAsked();

    /** The saga has not come that far. */
    record NotAsked() implements GateState {
        Waiting asked(Instant now, Instant expiresAt) {
            return new Waiting(now, expiresAt);
        }
    }

    /** A person has to answer. */
    record Waiting(Instant since, Instant expiresAt) implements GateState {
        /** Waits for longer, since the migration stood still for a while. */
        Waiting until(Instant later) {
            return new Waiting(since, later);
        }

        Approved approved(Instant now, String by, String comment, Optional<String> overBudget) {
            return new Approved(since, now, by, comment, overBudget);
        }

        Rejected rejected(Instant now, String by, String comment) {
            return new Rejected(since, now, by, comment);
        }

        Expired expired(Instant now) {
            return new Expired(since, now);
        }

        Withdrawn withdrawn(Instant now) {
            return new Withdrawn(since, now);
        }
    }

    /** @param overBudget why what follows may take longer than its budget, if somebody said so */
    record Approved(Instant since, Instant at, String by, String comment, Optional<String> overBudget)
            implements GateState {
        public Approved {
            // States that were saved before there were budgets have none.
            overBudget = overBudget == null ? Optional.empty() : overBudget;
        }

        /** It no longer holds, and has to be given again. */
        Waiting lapsed(Instant now, Instant expiresAt) {
            return new Waiting(now, expiresAt);
        }
    }

    record Rejected(Instant since, Instant at, String by, String comment) implements GateState {}

    /** Nobody answered in time. */
    record Expired(Instant since, Instant at) implements GateState {}

    /** The migration was taken back before somebody answered. */
    record Withdrawn(Instant since, Instant at) implements GateState {}
}
