package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Require;
import java.time.Instant;

/**
 * What a migration is about; never changes.
 *
 * @param definition the id of its {@link SagaDefinition}, such as {@code migrate-hub/1}
 * @param requestedBy who asked for it
 */
public record Subject(
        MigrationId migration, String definition, MigrationSpec spec, String requestedBy, Instant requestedAt) {
    public Subject {
        Require.present(migration, "migration");
        Require.text(definition, "definition");
        Require.present(spec, "spec");
        Require.text(requestedBy, "requestedBy");
        Require.present(requestedAt, "requestedAt");
    }
}
