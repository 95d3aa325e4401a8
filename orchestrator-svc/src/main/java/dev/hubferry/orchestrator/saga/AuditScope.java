package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationId;

/** Whose chain of audit entries. */
public sealed interface AuditScope {
    /** What was asked of a migration. */
    record OfMigration(MigrationId migration) implements AuditScope {
        @Override
        public String key() {
            return migration.value();
        }
    }

    /** What belongs to no migration: refused requests for new ones, or that name none that there is, and what was asked of webhooks. */
    record OfRequests() implements AuditScope {
        @Override
        public String key() {
            return NO_MIGRATION;
        }
    }

    /** No migration can be called so. */
    String NO_MIGRATION = "*";

    /** Tells chains apart, in their hashes and where they are kept. */
    String key();

    static AuditScope ofKey(String key) {
        return key.equals(NO_MIGRATION) ? new OfRequests() : new OfMigration(new MigrationId(key));
    }
}
