package dev.hubferry.orchestrator.api;

import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.Migrations.Answered;
import dev.hubferry.orchestrator.saga.Migrations.Requested;
import dev.hubferry.orchestrator.saga.Planning.Planned;
import dev.hubferry.orchestrator.saga.engine.SagaState;

/** What became of a request, as the state that is shown or the problem that is answered, whichever way it came. */
final class Outcomes {
    private Outcomes() {}

    static SagaState of(Requested requested, MigrationStore store) {
        return switch (requested) {
            case Requested.Accepted accepted -> accepted.state();
            case Requested.Repeated repeated -> repeated.state();
            case Requested.KeyReused reused -> throw new ProblemException(Problems.keyReused(reused.first()));
            case Requested.NotOurs other -> throw new ProblemException(Problems.notOurs(other.migration()));
            case Requested.Held held -> throw new ProblemException(Holders.problem(held.conflicts(), store));
        };
    }

    static SagaState of(Planned planned) {
        return switch (planned) {
            case Planned.Accepted accepted -> accepted.state();
            case Planned.KeyReused reused -> throw new ProblemException(Problems.keyReused(reused.first()));
            case Planned.NotOurs other -> throw new ProblemException(Problems.notOurs(other.plan()));
        };
    }

    /** @param id as it was asked for */
    static SagaState of(Answered answered, String id) {
        return switch (answered) {
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
