package dev.hubferry.messaging;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Keeps the replicas that start together apart by a lock of Flyway's session instead of one of a transaction: that transaction would
 * idle for as long as a migration takes, and the database ends sessions that do.
 */
final class MigrationLock implements FlywayConfigurationCustomizer {
    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    }
}
