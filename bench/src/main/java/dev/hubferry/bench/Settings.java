package dev.hubferry.bench;

import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Topics;
import dev.hubferry.testbed.KafkaBroker;
import dev.hubferry.testbed.PostgresServer;
import java.util.HashMap;
import java.util.Map;

/** What each service has to be told about its world; all else is as its own application.properties says. */
public final class Settings {
    private static final String NO_LIMIT = "1000000";

    private Settings() {}

    static Map<String, String> ofOrchestrator(Tokens tokens, KafkaBroker kafka, PostgresServer postgres) {
        Map<String, String> settings = common(kafka, postgres, World.DATABASE);
        settings.put("hubferry.auth.token-file", tokens.file().toString());
        settings.put("hubferry.connections.clusters", HubSpec.OLD_CLUSTER + "," + HubSpec.NEW_CLUSTER);
        settings.put("hubferry.connections.storages", HubSpec.OLD_STORAGE + "," + HubSpec.NEW_STORAGE);
        settings.put("hubferry.connections.zones", HubSpec.ZONE);
        // Every migration is of the same clusters and servers; the queue for them is passed through, and keeps nobody.
        settings.put("hubferry.limits.seeds-per-storage.usual", NO_LIMIT);
        settings.put("hubferry.limits.cutovers-per-cluster.usual", NO_LIMIT);
        settings.put("hubferry.limits.cutovers-per-dns-account.usual", NO_LIMIT);
        // One caller asks for all of them at once.
        settings.put("hubferry.rates.changes.burst", NO_LIMIT);
        settings.put("hubferry.rates.reads.burst", NO_LIMIT);
        return settings;
    }

    static Map<String, String> of(Participant participant, KafkaBroker kafka, PostgresServer postgres) {
        String name = participant.wireName();
        Map<String, String> settings = common(kafka, postgres, World.DATABASE);
        settings.put("hubferry.messaging.source", "/hubferry/" + name + "-svc");
        settings.put("mp.messaging.incoming.commands.topic", Topics.commandsFor(participant));
        settings.put("mp.messaging.incoming.commands.group.id", name + "-svc");
        settings.put("quarkus.datasource.jdbc.additional-jdbc-properties.currentSchema", name);
        settings.put("quarkus.flyway.schemas", name);
        return settings;
    }

    /** What every service has to be told: its broker and its database. */
    public static Map<String, String> common(KafkaBroker kafka, PostgresServer postgres, String database) {
        return new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "quarkus.datasource.jdbc.url",
                postgres.jdbcUrl(database),
                "quarkus.datasource.username",
                PostgresServer.USER,
                "quarkus.datasource.password",
                PostgresServer.USER,
                "quarkus.log.console.color",
                "false"));
    }
}
