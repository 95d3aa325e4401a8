package dev.hubferry.orchestrator.api;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.PlanHub;
import dev.hubferry.orchestrator.saga.engine.SagaState;

/** Migrations by their ids in paths. */
public final class PathIds {
    private PathIds() {}

    /** @throws ProblemException 404 when no migration can be called so */
    public static MigrationId migration(String id) {
        try {
            return new MigrationId(id);
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
    }

    /**
     * What a path names.
     *
     * @throws ProblemException 404 when there is no such migration, 503 when only a newer replica can show it
     */
    public static SagaState find(MigrationStore store, String id) {
        return switch (store.find(migration(id)).orElseThrow(() -> unknown(id))) {
            case Kept.Ours ours when isPlan(ours.state()) -> throw unknown(id);
            case Kept.Ours ours -> ours.state();
            case Kept.NotOurs other -> throw new ProblemException(Problems.notOurs(other));
        };
    }

    /**
     * The dry run that a path names.
     *
     * @throws ProblemException 404 when there is none, or not any more, 503 when only a newer replica can show it
     */
    public static SagaState findPlan(MigrationStore store, String id) {
        return switch (store.find(migration(id)).orElseThrow(() -> unknownPlan(id))) {
            case Kept.Ours ours when isPlan(ours.state()) -> ours.state();
            case Kept.Ours _ -> throw unknownPlan(id);
            case Kept.NotOurs other -> throw new ProblemException(Problems.notOurs(other));
        };
    }

    private static boolean isPlan(SagaState state) {
        return PlanHub.isIdOfPlan(state.subject().definition());
    }

    private static ProblemException unknownPlan(String id) {
        return new ProblemException(Problems.noPlan(id));
    }

    public static ProblemException unknown(String id) {
        return new ProblemException(Problems.notFound("no migration is called '" + id + "'"));
    }
}
