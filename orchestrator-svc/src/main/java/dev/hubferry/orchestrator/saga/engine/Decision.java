package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.MigrationEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the saga makes of an event. */
public sealed interface Decision {
    /**
     * It goes on.
     *
     * @param state to be saved
     * @param outgoing to be sent, in this order
     * @param timers to be set; each replaces a former one with the same key
     * @param events what happened, in order: the history, and what the public is told
     * @param slots all that the migration waits for and has of scarce things from now on; empty when that is as it was
     */
    record Advance(
            SagaState state,
            List<Outgoing> outgoing,
            List<Alarm> timers,
            List<MigrationEvent> events,
            Optional<List<SlotUse>> slots)
            implements Decision {
        public Advance {
            outgoing = List.copyOf(outgoing);
            timers = List.copyOf(timers);
            events = List.copyOf(events);
            slots = slots.map(List::copyOf);
        }

        Advance using(List<SlotUse> before, List<SlotUse> after) {
            return new Advance(
                    state, outgoing, timers, events, before.equals(after) ? Optional.empty() : Optional.of(after));
        }
    }

    /** The event changes nothing, as a late or repeated one does. */
    record Ignore(String reason) implements Decision {}

    /** What a person asked for is not possible now. */
    record Refuse(Refusal refusal, String reason) implements Decision {}

    /** Why a person's request is not possible. */
    enum Refusal {
        GATE_UNKNOWN,
        GATE_NOT_WAITING,
        /** Somebody else than who requested the migration has to approve. */
        FOUR_EYES,
        /** What follows may take longer than its budget, and the answer does not say that it may. */
        OVER_BUDGET,
        /** The answer says that a budget may be passed where there is none. */
        NO_BUDGET,
        ROW_UNKNOWN,
        NOTHING_FAILED,
        NOT_SKIPPABLE,
        NOT_RUNNING,
        PIVOT_PASSED,
        ENDED,
        PARKED
    }

    /** A time to be told about. */
    record Alarm(TimerKey key, Instant dueAt) {}
}
