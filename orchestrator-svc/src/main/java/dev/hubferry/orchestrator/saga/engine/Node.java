package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Reply;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** One row of a saga's table. */
public sealed interface Node {
    /**
     * A command to a participant.
     *
     * @param name unique in the definition; what is stored, together with the definition's version
     * @param command made when the step starts, and again for each retry
     * @param answer what the participant answers on success
     * @param undo how it is taken back
     * @param pivot from the moment it is sent the saga only goes forward
     */
    record Step(
            String name,
            Participant participant,
            Function<SagaContext, ? extends Command> command,
            Class<? extends Reply> answer,
            Undo undo,
            boolean pivot)
            implements Node {
        public Step undo(Function<MigrationSpec, ? extends Command> undoCommand, Class<? extends Reply> undoAnswer) {
            return new Step(name, participant, command, answer, new Undo.By(undoCommand, undoAnswer), pivot);
        }

        public Step asPivot() {
            return new Step(name, participant, command, answer, undo, true);
        }
    }

    /** Steps that are sent together; what follows waits for all, and so does the decision about a failed one. */
    record Parallel(List<Step> steps) implements Node {
        public Parallel {
            steps = List.copyOf(steps);
        }
    }

    /** A person has to agree. */
    record Approval(String gate) implements Node {}

    /**
     * Nothing happens until a time.
     *
     * @param until from the replies of earlier steps
     */
    record Timer(String name, Function<SagaContext, Instant> until) implements Node {}

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
