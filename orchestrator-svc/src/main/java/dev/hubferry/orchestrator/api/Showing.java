package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.api.view.ListedView;
import dev.hubferry.orchestrator.api.view.MigrationView;
import dev.hubferry.orchestrator.api.view.QueuedView;
import dev.hubferry.orchestrator.api.view.StepView;
import dev.hubferry.orchestrator.api.view.Views;
import dev.hubferry.orchestrator.saga.Granting;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.SagaDefinitions;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Shows migrations, each with its definition, and the queue beside those that wait in it. */
@Singleton
public final class Showing {
    private final SagaDefinitions definitions;
    private final Granting granting;
    private final Clock clock;

    Showing(SagaDefinitions definitions, Granting granting, Clock clock) {
        this.definitions = definitions;
        this.granting = granting;
        this.clock = clock;
    }

    public SagaDefinition definition(SagaState state) {
        return definitions.byId(state.subject().definition());
    }

    public MigrationView migration(SagaState state) {
        return migration(state, queueFor(List.of(state)));
    }

    /** What is not ours is shown as far as it can be without its definition. */
    public List<ListedView> list(List<Kept> migrations) {
        Optional<SlotQueue> queue = queueFor(migrations.stream()
                .flatMap(kept -> kept instanceof Kept.Ours ours ? Stream.of(ours.state()) : Stream.empty())
                .toList());
        return migrations.stream().map(kept -> listed(kept, queue)).toList();
    }

    private ListedView listed(Kept kept, Optional<SlotQueue> queue) {
        return switch (kept) {
            case Kept.Ours ours -> migration(ours.state(), queue);
            case Kept.NotOurs other -> Views.notOurs(other);
        };
    }

    private MigrationView migration(SagaState state, Optional<SlotQueue> queue) {
        return Views.migration(definition(state), state, clock.instant(), queued(queue, state));
    }

    public List<StepView> steps(SagaState state, BiFunction<String, Direction, Optional<Progress>> progress) {
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
