package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.api.view.PlanView;
import dev.hubferry.orchestrator.api.view.PlanViews;
import dev.hubferry.orchestrator.config.PlansConfig;
import dev.hubferry.orchestrator.config.SagaConfig;
import dev.hubferry.orchestrator.saga.ChangeBell;
import dev.hubferry.orchestrator.saga.Granting;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.PlanStore;
import dev.hubferry.orchestrator.saga.SagaDefinitions;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Shows dry runs, now or when they have ended. */
@Singleton
public final class PlanShowing {
    private final SagaDefinitions definitions;
    private final MigrationStore store;
    private final PlanStore plans;
    private final Granting granting;
    private final ChangeBell bell;
    private final SagaConfig sagas;
    private final PlansConfig config;

    PlanShowing(
            SagaDefinitions definitions,
            MigrationStore store,
            PlanStore plans,
            Granting granting,
            ChangeBell bell,
            SagaConfig sagas,
            PlansConfig config) {
        this.definitions = definitions;
        this.store = store;
        this.plans = plans;
        this.granting = granting;
        this.bell = bell;
        this.sagas = sagas;
        this.config = config;
    }

    public PlanView view(SagaState state) {
        MigrationId plan = state.subject().migration();
        return PlanViews.of(
                definitions.newest(),
                definitions.byId(state.subject().definition()),
                state,
                Holders.findings(plans.heldAtRequest(plan), store),
                granting.queue());
    }

    /** The dry run when it has ended, or as it is when it takes longer than somebody waits, or the service stops. */
    SagaState awaitEnd(SagaState begun) throws InterruptedException {
        MigrationId plan = begun.subject().migration();
        long end = System.nanoTime() + config.patience().toNanos();
        SagaState state = begun;
        try (ChangeBell.Listener listener = bell.listen(plan)) {
            while (true) {
                // Looked at after the bell is listened to, so that no ring is missed.
                state = PathIds.findPlan(store, plan.value());
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (!(state instanceof SagaState.Active) || !left.isPositive() || bell.isClosed()) {
                    return state;
                }
                // The bell tells of this process only; another replica may hear the answers.
                Duration poll = sagas.streamPoll();
                listener.await(left.compareTo(poll) < 0 ? left : poll);
            }
        }
    }
}
