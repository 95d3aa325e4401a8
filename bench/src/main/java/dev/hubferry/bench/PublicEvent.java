package dev.hubferry.bench;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.WireTypes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Something that the orchestrator tells the public.
 *
 * @param subject the step or the gate; empty of what is about the whole migration
 * @param run step, direction and attempt
 * @param decided when it was decided, before it was committed
 * @param published when it left the orchestrator, after it was committed
 */
record PublicEvent(Kind kind, String migration, String subject, String run, Instant decided, Instant published) {
    /** The events that the bench does something about. */
    enum Kind {
        STEP_STARTED(MigrationEvent.StepStarted.class, "step"),
        STEP_SUCCEEDED(MigrationEvent.StepSucceeded.class, "step"),
        APPROVAL_AWAITED(MigrationEvent.ApprovalAwaited.class, "gate"),
        COMPLETED(MigrationEvent.MigrationCompleted.class, ""),
        ROLLED_BACK(MigrationEvent.MigrationRolledBack.class, ""),
        PARKED(MigrationEvent.MigrationParked.class, "");

        private final String type;
        private final String subject;

        Kind(Class<? extends MigrationEvent> type, String subject) {
            this.type = WireTypes.nameOf(type);
            this.subject = subject;
        }

        static Optional<Kind> of(String type) {
            return Arrays.stream(values())
                    .filter(kind -> kind.type.equals(type))
                    .findFirst();
        }

        /** The field that names what the event is about. */
        String subject() {
            return subject;
        }
    }
}
