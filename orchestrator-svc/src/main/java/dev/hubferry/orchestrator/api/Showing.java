package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.api.view.MigrationView;
import dev.hubferry.orchestrator.api.view.QueuedView;
import dev.hubferry.orchestrator.api.view.StepView;
import dev.hubferry.orchestrator.api.view.Views;
import dev.hubferry.orchestrator.saga.Granting;
import dev.hubferry.orchestrator.saga.SagaDefinitions;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Shows migrations, each with its definition, and the queue beside those that wait in it. */
@Singleton
final class Showing {
    private final SagaDefinitions definitions;
    private final Granting granting;

    Showing(SagaDefinitions definitions, Granting granting) {
        this.definitions = definitions;
        this.granting = granting;
    }

    SagaDefinition definition(SagaState state) {
        return definitions.byId(state.subject().definition());
    }

    MigrationView migration(SagaState state) {
        return migrations(List.of(state)).getFirst();
    }

    List<MigrationView> migrations(List<SagaState> states) {
        Optional<SlotQueue> queue = queueFor(states);
        return states.stream()
                .map(state -> Views.migration(definition(state), state, queued(queue, state)))
                .toList();
    }

    List<StepView> steps(SagaState state, BiFunction<String, Direction, Optional<Progress>> progress) {
        return Views.steps(definition(state), state, progress, queued(queueFor(List.of(state)), state));
    }

    /** Read only when somebody is in it. */
    private Optional<SlotQueue> queueFor(List<SagaState> states) {
        return states.stream().anyMatch(Showing::waits) ? Optional.of(granting.queue()) : Optional.empty();
    }

    private static boolean waits(SagaState state) {
        return state.ledger().steps().values().stream().anyMatch(step -> step.forward() instanceof Run.Queued);
    }

    private static Optional<QueuedView> queued(Optional<SlotQueue> queue, SagaState state) {
        return queue.flatMap(all -> QueuedView.of(all, state.subject().migration()));
    }
}
