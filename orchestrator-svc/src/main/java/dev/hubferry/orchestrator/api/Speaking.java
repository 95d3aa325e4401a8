package dev.hubferry.orchestrator.api;

import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.saga.IdempotencyKey;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.Migrations.Answered;
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
        return switch (migrations.said(PathIds.migration(id), event, key)) {
            case Answered.Done done -> done.state();
            case Answered.Unchanged unchanged -> unchanged.state();
            case Answered.Refused refused ->
                throw ProblemException.inAudit(Problems.refused(refused.refusal(), refused.reason()));
            case Answered.KeyReused reused -> throw new ProblemException(Problems.keyReused(reused.first()));
            case Answered.NotOurs other -> throw new ProblemException(Problems.notOurs(other.migration()));
            case Answered.Unknown _ -> throw PathIds.unknown(id);
        };
    }
}
