package dev.hubferry.orchestrator.api;

import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.saga.IdempotencyKey;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Takes what a person says of a migration; what is not possible becomes a problem. */
@Singleton
public final class Speaking {
    private final Migrations migrations;

    Speaking(Migrations migrations) {
        this.migrations = migrations;
    }

    /**
     * The migration as it stands then.
     *
     * @param id as in the path
     * @throws ProblemException when it is refused, with the reason
     */
    public SagaState say(String id, SagaEvent.ByPerson event, Optional<IdempotencyKey> key) {
        return Outcomes.of(migrations.said(PathIds.migration(id), event, key), id);
    }
}
