package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.Priority;
import dev.hubferry.contracts.StepRef.Direction;
import java.time.Instant;

/**
 * Where a migration stands.
 *
 * <pre>
 *   Running ──────────────▶ Completed
 *     │  └──before the pivot──▶ Compensating ──▶ RolledBack
 *     └──an operator is needed──▶ Parked ◀──undo failed──┘
 *                                   └──retry, skip──▶ what it was; abort──▶ Compensating
 * </pre>
 */
public sealed interface SagaState {
    Subject subject();

    Ledger ledger();

    /** Its place among those that wait for the same thing; only who goes forward ever waits. */
    default Priority priority() {
        return subject().spec().priority();
    }

    /** Something may still happen by itself. */
    sealed interface Active extends SagaState {
        Active with(Ledger ledger);

        default Parked parked(String step, Direction direction, String cause, Instant now) {
            return new Parked(this, step, direction, cause, now);
        }
    }

    /**
     * On its way forward.
     *
     * @param hold whether it may begin anything new
     * @param priority what the spec asked for, or a person since
     */
    record Running(Subject subject, Ledger ledger, Hold hold, Priority priority) implements Active {
        public Running {
            // States that were saved before there were pauses and priorities have none.
            hold = hold == null ? Hold.NONE : hold;
            priority = priority == null ? subject.spec().priority() : priority;
        }

        public Running(Subject subject, Ledger ledger, Hold hold) {
            this(subject, ledger, hold, subject.spec().priority());
        }

        static Running begun(Subject subject) {
            return new Running(subject, Ledger.EMPTY, Hold.NONE);
        }

        @Override
        public Running with(Ledger changed) {
            return new Running(subject, changed, hold, priority);
        }

        Running paused(String by, String reason, Instant now) {
            return new Running(subject, ledger, new Hold.Paused(by, reason, now), priority);
        }

        Running resumed() {
            return new Running(subject, ledger, Hold.NONE, priority);
        }

        Running prioritized(Priority other) {
            return new Running(subject, ledger, hold, other);
        }

        Compensating compensating(String cause, Instant now) {
            return new Compensating(subject, ledger, cause, now);
        }

        Completed completed(Instant now) {
            return new Completed(subject, ledger, now);
        }
    }

    /** On its way back; never held, since nobody is served by a way back that stands still. */
    record Compensating(Subject subject, Ledger ledger, String cause, Instant since) implements Active {
        @Override
        public Compensating with(Ledger changed) {
            return new Compensating(subject, changed, cause, since);
        }

        RolledBack rolledBack(Instant now) {
            return new RolledBack(subject, ledger, cause, now);
        }
    }

    /** The hub has moved. */
    record Completed(Subject subject, Ledger ledger, Instant at) implements SagaState {}

    /** The world is as it was before. */
    record RolledBack(Subject subject, Ledger ledger, String cause, Instant at) implements SagaState {}

    /**
     * Stands still until a person has looked.
     *
     * @param was what it was doing
     * @param step the step or gate that cannot go on
     */
    record Parked(Active was, String step, Direction direction, String cause, Instant at) implements SagaState {
        /** Goes on, unlike before, as soon as somebody has put right why it is parked. */
        Parked resumed(Running running) {
            return new Parked(running.resumed(), step, direction, cause, at);
        }

        /** Changes nothing but its place in the queues that it comes to when it goes on. */
        Parked prioritized(Running running, Priority other) {
            return new Parked(running.prioritized(other), step, direction, cause, at);
        }

        @Override
        public Subject subject() {
            return was.subject();
        }

        @Override
        public Priority priority() {
            return was.priority();
        }

        @Override
        public Ledger ledger() {
            return was.ledger();
        }
    }
}
