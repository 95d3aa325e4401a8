package dev.hubferry.orchestrator.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.api.spec.SpecReader;
import dev.hubferry.orchestrator.saga.IdempotencyKey;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.Planning;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Begins migrations and dry runs, or ends the request with the problem that stands in the way. */
@Singleton
public final class Requests {
    private final SpecReader specs;
    private final Migrations migrations;
    private final Planning planning;
    private final MigrationStore store;

    Requests(SpecReader specs, Migrations migrations, Planning planning, MigrationStore store) {
        this.specs = specs;
        this.migrations = migrations;
        this.planning = planning;
        this.store = store;
    }

    /** @throws ProblemException 422 with everything that is wrong */
    public MigrationSpec read(JsonNode body) {
        return switch (specs.read(body)) {
            case SpecReader.Read.Valid valid -> valid.spec();
            case SpecReader.Read.Invalid invalid -> throw new ProblemException(Problems.invalid(invalid.errors()));
        };
    }

    /** @throws ProblemException 409 when another migration has what this one needs, and what may become of a key */
    public SagaState migration(MigrationSpec spec, String who, Optional<IdempotencyKey> key) {
        return Outcomes.of(migrations.request(spec, who, key), store);
    }

    /** @throws ProblemException for what may become of a key */
    public SagaState plan(MigrationSpec spec, String who, Optional<IdempotencyKey> key) {
        return Outcomes.of(planning.plan(spec, who, key));
    }
}
