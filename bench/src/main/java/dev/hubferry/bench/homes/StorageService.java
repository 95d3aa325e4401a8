package dev.hubferry.bench.homes;

import dev.hubferry.bench.ServiceJvm;
import dev.hubferry.bench.Settings;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Topics;
import dev.hubferry.testbed.KafkaBroker;
import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.SshServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The packaged storage-svc as a process, with a broker and a Postgres; the bench is its orchestrator. */
final class StorageService implements AutoCloseable {
    private static final String DATABASE = "hubferry";
    private static final String MODULE = "storage-svc";
    private static final int PARTITIONS = 3;

    private final KafkaBroker kafka;
    private final PostgresServer postgres;
    private final ServiceJvm service;

    private StorageService(Path root, Path directory, Map<String, String> settings) {
        this.kafka = KafkaBroker.start(KafkaBroker.Options.defaults().withAutoCreateTopics(false));
        kafka.createTopics(
                PARTITIONS,
                Topics.commandsFor(Participant.STORAGE),
                Topics.REPLIES,
                Topics.PROGRESS,
                Topics.CONNECTIONS,
                Topics.DEAD_LETTERS);
        this.postgres = PostgresServer.start(PostgresServer.Options.defaults().withFsync(true));
        postgres.createDatabase(DATABASE);
        Map<String, String> all = new HashMap<>(Settings.common(kafka, postgres, DATABASE));
        all.putAll(settings);
        Path application = root.resolve(MODULE).resolve("target/quarkus-app");
        this.service = ServiceJvm.start(new ServiceJvm.Spec(MODULE, application, directory, all, false));
    }

    /**
     * Starts it with a storage connection for each host, and returns when it is ready.
     *
     * @param root the project's folder, in which the service is built
     * @param directory for settings and log
     * @param settings what differs from the service's own
     */
    static StorageService start(Path root, Path directory, Hosts hosts, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        for (Role role : Role.values()) {
            all.putAll(connection(hosts, role));
        }
        all.putAll(settings);
        StorageService started = new StorageService(root, directory, all);
        try {
            started.service.awaitReady();
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** A new end of its broker; the caller closes it. */
    Wire wire() {
        return new Wire(kafka.bootstrapServers(), service::isAlive, Clock.systemUTC());
    }

    @Override
    public void close() {
        service.close();
        postgres.close();
        kafka.close();
    }

    private static Map<String, String> connection(Hosts hosts, Role role) {
        SshServer host = hosts.server(role);
        Endpoint endpoint = hosts.endpoint(role);
        String prefix = "hubferry.storage.connections." + role.wireName() + ".";
        return Map.of(
                prefix + "host", host.address(),
                prefix + "port", Integer.toString(host.port()),
                prefix + "user", host.user(),
                prefix + "private-key-file", hosts.privateKey().toString(),
                prefix + "known-hosts-file", hosts.knownHosts().toString(),
                prefix + "authorized-keys-file", host.authorizedKeys().toString(),
                prefix + "peer-address", endpoint.address(),
                prefix + "peer-port", Integer.toString(endpoint.port()));
    }
}
