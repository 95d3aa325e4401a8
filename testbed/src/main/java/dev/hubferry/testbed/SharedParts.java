package dev.hubferry.testbed;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One broker, one Postgres and one browser for all tests of a JVM, started on first use and stopped with the JVM. */
public final class SharedParts {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable KafkaBroker kafka;
    private static @Nullable PostgresServer postgres;
    private static @Nullable Chromium chromium;

    private SharedParts() {}

    /** The shared broker; tests that kill theirs start their own. */
    public static synchronized KafkaBroker kafka() {
        if (kafka == null) {
            kafka = KafkaBroker.start();
        }
        return kafka;
    }

    /** The shared server; tests that kill theirs start their own. */
    public static synchronized PostgresServer postgres() {
        if (postgres == null) {
            postgres = PostgresServer.start();
        }
        return postgres;
    }

    /** A new empty database on the shared server; returns its JDBC URL. */
    public static String newDatabase() {
        PostgresServer server = postgres();
        String name = "db" + DATABASES.incrementAndGet();
        server.createDatabase(name);
        return server.jdbcUrl(name);
    }

    // The following are called by name from another class loader, so their types are the JDK's only.

    static String kafkaBootstrapServers(String topics) {
        KafkaBroker broker = kafka();
        for (String topic : topics.split(",", -1)) {
            if (!topic.isBlank()) {
                String[] parts = topic.strip().split(":", 2);
                broker.createTopics(parts.length == 2 ? Integer.parseInt(parts[1]) : 1, parts[0]);
            }
        }
        return broker.bootstrapServers();
    }

    static String databaseUrl(String fixedName) {
        if (fixedName.isEmpty()) {
            return newDatabase();
        }
        return postgres().ensureDatabase(fixedName);
    }

    static synchronized String browser(String unused) {
        if (chromium == null) {
            chromium = Chromium.start();
        }
        return chromium.addresses();
    }
}
