package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One row of a saga's table. */
public sealed interface Node {
    /**
     * A command to a participant.
     *
     * @param name unique in the definition; what is stored, together with the definition's version
     * @param command made when the step starts, and again for each retry
     * @param answer what the participant answers on success
     * @param undo how it is taken back; every undo may be skipped by a person, who then did it by hand
     * @param mark what its sending means
     * @param skippable whether a person may pass over it: nothing later may depend on what it answers
     */
    record Step(
            String name,
            Participant participant,
            Function<SagaContext, ? extends Command> command,
            Class<? extends Reply> answer,
            Undo undo,
            Mark mark,
            boolean skippable)
            implements Node {
        public Step undo(Function<MigrationSpec, ? extends Command> undoCommand, Class<? extends Reply> undoAnswer) {
            return new Step(name, participant, command, answer, new Undo.By(undoCommand, undoAnswer), mark, skippable);
        }

        public Step marked(Mark as) {
            return new Step(name, participant, command, answer, undo, as, skippable);
        }

        public Step maySkip() {
            return new Step(name, participant, command, answer, undo, mark, true);
        }

        public boolean pivot() {
            return mark == Mark.PIVOT;
        }
    }

    /** What the sending of a step means for the whole saga. */
    enum Mark {
        NOTHING,
        /** From then on users cannot work, until the pivot has succeeded. */
        CLOSES,
        /** From then on the saga only goes forward. */
        PIVOT
    }

    /**
     * Steps that are sent together; what follows waits for all.
     *
     * @param hasty whether the first failure that takes the migration back withdraws the others, rather than to wait for their answers
     */
    record Parallel(List<Step> steps, boolean hasty) implements Node {
        public Parallel {
            steps = List.copyOf(steps);
        }
    }

    /**
     * A person has to agree.
     *
     * @param foresight of the downtime behind it; none at gates that no downtime follows
     */
    record Approval(String gate, Optional<Foresight> foresight) implements Node {
        public Approval(String gate) {
            this(gate, Optional.empty());
        }

        public Approval foretelling(Foresight what) {
            return new Approval(gate, Optional.of(what));
        }
    }

    /**
     * Nothing happens until a time.
     *
     * @param until from the replies of earlier steps
     * @param latest from when on it is too late to go on, if ever
     * @param skippable whether a person may end the wait
     */
    record Timer(
            String name,
            Function<SagaContext, Instant> until,
            Function<MigrationSpec, Optional<Instant>> latest,
            boolean skippable)
            implements Node {
        public Timer maySkip() {
            return new Timer(name, until, latest, true);
        }
    }

    /** How a step is taken back. */
    sealed interface Undo {
        Undo NOTHING = new Nothing();

        /** The step changes nothing that has to be taken back, or an earlier step's undo takes it back. */
        record Nothing() implements Undo {}

        /**
         * A command, which must answer success when the step never happened. It is made from the spec alone: the step may have failed
         * before it answered.
         */
        record By(Function<MigrationSpec, ? extends Command> command, Class<? extends Reply> answer) implements Undo {}
    }
}
