package dev.hubferry.bench;

import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Topics;
import dev.hubferry.testbed.Directories;
import dev.hubferry.testbed.KafkaBroker;
import dev.hubferry.testbed.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is put under load: a broker, a Postgres that syncs each commit to the disk, the orchestrator's service and four participants, each
 * a process of its own on this machine.
 */
final class World implements AutoCloseable {
    static final String DATABASE = "hubferry";
    static final String FLOOR = "floor";
    private static final int PARTITIONS = 3;

    private final Path root;
    private final Path directory;
    private final boolean record;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final KafkaBroker kafka;
    private final PostgresServer postgres;
    private final Tokens tokens;
    private final ServiceJvm orchestrator;
    private final List<ServiceJvm> participants = new ArrayList<>();

    private World(Path root, Path directory, boolean record) {
        this.root = root;
        this.directory = directory;
        this.record = record;
        this.tokens = Tokens.make(directory.resolve("tokens"));
        this.kafka = KafkaBroker.start(KafkaBroker.Options.defaults().withAutoCreateTopics(false));
        parts.push(kafka);
        this.postgres = PostgresServer.start(PostgresServer.Options.defaults().withFsync(true));
        parts.push(postgres);
        createTopics();
        postgres.createDatabase(DATABASE);
        postgres.createDatabase(FLOOR);
        for (Participant participant : Participant.values()) {
            participants.add(start(
                    participant.wireName() + "-svc", "bench/participant", Settings.of(participant, kafka, postgres)));
        }
        this.orchestrator =
                start("orchestrator-svc", "orchestrator-svc", Settings.ofOrchestrator(tokens, kafka, postgres));
    }

    /**
     * Starts everything and returns when it is ready.
     *
     * @param root the project's folder, in which the services are built
     * @param recordings folder for flight recordings and logs, kept; nothing is recorded or kept when it is empty
     */
    static World start(Path root, String recordings) {
        World world = new World(root, folder(recordings), !recordings.isEmpty());
        try {
            world.participants.forEach(ServiceJvm::awaitReady);
            world.orchestrator.awaitReady();
            return world;
        } catch (RuntimeException e) {
            world.close();
            throw e;
        }
    }

    KafkaBroker kafka() {
        return kafka;
    }

    PostgresServer postgres() {
        return postgres;
    }

    Api api() {
        return new Api(orchestrator.url(), tokens);
    }

    /** Process ids by the name under which their time is counted. */
    Map<String, List<Long>> processes() {
        Map<String, List<Long>> all = new HashMap<>();
        all.put("orchestrator", List.of(orchestrator.pid()));
        all.put("participants", participants.stream().map(ServiceJvm::pid).toList());
        all.put("kafka", List.of(kafka.pid()));
        all.put("postgres", List.of(postgres.pid()));
        all.put("bench", List.of(ProcessHandle.current().pid()));
        return all;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                System.err.println("a part of the bench could not be ended: " + e);
            }
        }
    }

    private ServiceJvm start(String name, String module, Map<String, String> settings) {
        Path application = root.resolve(module).resolve("target/quarkus-app");
        ServiceJvm service = ServiceJvm.start(new ServiceJvm.Spec(name, application, directory, settings, record));
        parts.push(service);
        return service;
    }

    private void createTopics() {
        kafka.createTopics(
                PARTITIONS,
                Topics.REPLIES,
                Topics.PROGRESS,
                Topics.CONNECTIONS,
                Topics.EVENTS,
                Topics.DEAD_LETTERS,
                FloorRun.TOPIC);
        for (Participant participant : Participant.values()) {
            kafka.createTopics(PARTITIONS, Topics.commandsFor(participant));
        }
    }

    private static Path folder(String recordings) {
        if (recordings.isEmpty()) {
            return Directories.temporary("hubferry-bench-");
        }
        try {
            return Files.createDirectories(Path.of(recordings)).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + recordings, e);
        }
    }
}
