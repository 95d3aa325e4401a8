package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Require;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import java.time.Instant;

/** A migration as the store has it: ours when this process knows its definition. */
public sealed interface Kept {
    MigrationId migration();

    record Ours(SagaState state) implements Kept {
        @Override
        public MigrationId migration() {
            return state.subject().migration();
        }
    }

    /**
     * On a definition that only a newer process knows. Its state is not read: it may say what this process has no words for.
     *
     * @param definition such as {@code migrate-hub/4}
     * @param status such as {@code RUNNING}
     */
    record NotOurs(MigrationId migration, String name, String definition, String status, Instant requestedAt)
            implements Kept {
        public NotOurs {
            Require.present(migration, "migration");
            Require.text(name, "name");
            Require.text(definition, "definition");
            Require.text(status, "status");
            Require.present(requestedAt, "requestedAt");
        }
    }
}
