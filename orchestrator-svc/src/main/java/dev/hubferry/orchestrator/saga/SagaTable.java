package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.DbCommand;
import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.K8sCommand;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.orchestrator.saga.engine.Claim;
import dev.hubferry.orchestrator.saga.engine.Node;
import dev.hubferry.orchestrator.saga.engine.Node.Approval;
import dev.hubferry.orchestrator.saga.engine.Node.Mark;
import dev.hubferry.orchestrator.saga.engine.Node.Parallel;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Node.Timer;
import dev.hubferry.orchestrator.saga.engine.Node.Undo;
import dev.hubferry.orchestrator.saga.engine.SagaContext;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition.Phase;
import dev.hubferry.orchestrator.saga.engine.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The words that a saga's table is written in; the first one of a step says who carries it out. */
final class SagaTable {
    private SagaTable() {}

    static Step storage(String name, Function<SagaContext, StorageCommand> command, Class<? extends Reply> answer) {
        return new Step(name, Participant.STORAGE, command, answer, Undo.NOTHING, Mark.NOTHING, false);
    }

    static Step k8s(String name, Function<SagaContext, K8sCommand> command, Class<? extends Reply> answer) {
        return new Step(name, Participant.K8S, command, answer, Undo.NOTHING, Mark.NOTHING, false);
    }

    static Step db(String name, Function<SagaContext, DbCommand> command, Class<? extends Reply> answer) {
        return new Step(name, Participant.DB, command, answer, Undo.NOTHING, Mark.NOTHING, false);
    }

    static Step dns(String name, Function<SagaContext, DnsCommand> command, Class<? extends Reply> answer) {
        return new Step(name, Participant.DNS, command, answer, Undo.NOTHING, Mark.NOTHING, false);
    }

    /** The step from whose sending on the saga only goes forward. */
    static Step pivot(Step step) {
        return step.marked(Mark.PIVOT);
    }

    /** The step from whose sending on users cannot work, until the pivot has succeeded. */
    static Step closing(Step step) {
        return step.marked(Mark.CLOSES);
    }

    /** Steps that are sent together; all are heard before a failure decides. */
    static Node parallel(Step... steps) {
        return new Parallel(List.of(steps), false);
    }

    /** Steps that are sent together while users wait; the first failure that takes the migration back withdraws the others. */
    static Node parallelInHaste(Step... steps) {
        return new Parallel(List.of(steps), true);
    }

    static Approval approval(String gate) {
        return new Approval(gate);
    }

    static Timer timer(String name, Function<SagaContext, Instant> until) {
        return new Timer(name, until, _ -> Optional.empty(), false);
    }

    /** A time span; when it is over before the saga comes to it, the migration is taken back. */
    static Timer window(
            String name, Function<SagaContext, Instant> start, Function<MigrationSpec, Optional<Instant>> end) {
        return new Timer(name, start, end, false);
    }

    /** What the rows from {@code first} to {@code last} need of things of which there are few. */
    static Claim claim(String first, String last, Function<MigrationSpec, Set<Slot>> slots) {
        return new Claim(first, last, slots);
    }

    static Phase phase(String name, Node... nodes) {
        return new Phase(name, List.of(nodes));
    }
}
