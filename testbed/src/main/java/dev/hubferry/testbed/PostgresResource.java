package dev.hubferry.testbed;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Quarkus test resource: a fresh database on the JVM's shared Postgres as {@code quarkus.datasource.*}.
 *
 * <p>Argument {@code database}: a fixed name instead, created when missing and shared by all who name it.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private String database = "";

    @Override
    public void init(Map<String, String> arguments) {
        database = arguments.getOrDefault("database", "");
    }

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.datasource.jdbc.url",
                JvmWide.call("databaseUrl", database),
                "quarkus.datasource.username",
                PostgresServer.USER,
                "quarkus.datasource.password",
                PostgresServer.USER,
                "quarkus.datasource.devservices.enabled",
                "false");
    }

    @Override
    public void stop() {
        // The server is shared by all tests of this JVM and ends with it.
    }
}
