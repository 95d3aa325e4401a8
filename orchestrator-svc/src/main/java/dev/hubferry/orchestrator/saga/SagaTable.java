package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.DbCommand;
import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.K8sCommand;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.orchestrator.saga.engine.Node;
import dev.hubferry.orchestrator.saga.engine.Node.Approval;
import dev.hubferry.orchestrator.saga.engine.Node.Parallel;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Node.Timer;
import dev.hubferry.orchestrator.saga.engine.Node.Undo;
import dev.hubferry.orchestrator.saga.engine.SagaContext;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition.Phase;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** The words that a saga's table is written in; the first one of a step says who carries it out. */
final class SagaTable {
    private SagaTable() {}

    static Step storage(String name, Function<SagaContext, StorageCommand> command, Class<? extends Reply> answer) {
        return new Step(name, Participant.STORAGE, command, answer, Undo.NOTHING, false);
    }

    static Step k8s(String name, Function<SagaContext, K8sCommand> command, Class<? extends Reply> answer) {
        return new Step(name, Participant.K8S, command, answer, Undo.NOTHING, false);
    }

    static Step db(String name, Function<SagaContext, DbCommand> command, Class<? extends Reply> answer) {
        return new Step(name, Participant.DB, command, answer, Undo.NOTHING, false);
    }

    static Step dns(String name, Function<SagaContext, DnsCommand> command, Class<? extends Reply> answer) {
        return new Step(name, Participant.DNS, command, answer, Undo.NOTHING, false);
    }

    /** The step from whose sending on the saga only goes forward. */
    static Step pivot(Step step) {
        return step.asPivot();
    }

    static Node parallel(Step... steps) {
        return new Parallel(List.of(steps));
    }

    static Node approval(String gate) {
        return new Approval(gate);
    }

    static Node timer(String name, Function<SagaContext, Instant> until) {
        return new Timer(name, until);
    }

    static Phase phase(String name, Node... nodes) {
        return new Phase(name, List.of(nodes));
    }
}
