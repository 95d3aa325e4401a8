package dev.hubferry.sandbox.world;

import dev.hubferry.sandbox.cluster.SandboxCluster;
import dev.hubferry.sandbox.probe.Prober;
import dev.hubferry.testbed.FreePorts;
import dev.hubferry.testbed.KafkaBroker;
import dev.hubferry.testbed.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A whole world under one directory: two storage servers, two clusters with a hub each, a DNS provider, a broker, a
 * database, users at work on the old hub, a prober, and the five services.
 *
 * <p>{@link #start} makes everything but the services; {@link #startServices} adds those. Closing ends everything.
 */
public final class SandboxWorld implements AutoCloseable {
    /** The cluster connection of the old hub, and what its front door calls it. */
    public static final String OLD = "old";

    /** The cluster connection of the new hub, and what its front door calls it. */
    public static final String NEW = "new";

    /** The namespace and release of both hubs. */
    public static final String HUB = "astro";

    static final String DATABASE = "hubferry";

    private static final int PARTITIONS = 3;

    static final List<String> TOPICS = List.of(
            "hubferry.commands.storage",
            "hubferry.commands.k8s",
            "hubferry.commands.db",
            "hubferry.commands.dns",
            "hubferry.replies",
            "hubferry.progress",
            "hubferry.connections",
            "hubferry.events",
            "hubferry.requests",
            "hubferry.answers",
            "hubferry.dead-letters");

    private final WorldOptions options;
    private final WorldLayout layout;
    private final Optional<WorldSecurity> security;
    private final WorldTokens tokens;
    private final WorldRequester requester;
    private final List<AutoCloseable> parts = Collections.synchronizedList(new ArrayList<>());
    private final List<ServiceProcess> services = Collections.synchronizedList(new ArrayList<>());
    private final WorldHubs hubs;
    private final KafkaBroker kafka;
    private final PostgresServer postgres;
    private final WorldHosts hosts;
    private final WorldZone zone;
    private final Prober prober;

    private SandboxWorld(WorldOptions options, Optional<Path> securedBy) {
        this.options = options;
        this.layout = WorldLayout.make(options.directory());
        this.security =
                securedBy.map(root -> WorldSecurity.make(root, layout.secrets().resolve("security")));
        this.tokens = WorldTokens.make(layout.secrets().resolve("tokens"));
        this.requester = WorldRequester.make(layout.secrets());
        int doorPort = FreePorts.next(WorldHubs.ALL_ADDRESSES.toArray(String[]::new));
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            var broker = together.submit(() -> part(startKafka()));
            var database = together.submit(() -> part(startPostgres()));
            var servers = together.submit(() -> part(WorldHosts.start(layout)));
            this.hubs = part(WorldHubs.start(options, layout, doorPort));
            this.zone = part(WorldZone.start(layout, hubs.oldAddress(), options.ttl()));
            this.kafka = finished(broker::get);
            this.postgres = finished(database::get);
            this.hosts = finished(servers::get);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        this.prober = part(startProber());
    }

    /** Starts everything but the services; users at work begin at once. */
    public static SandboxWorld start(WorldOptions options) {
        return new SandboxWorld(options, Optional.empty());
    }

    /** The same with a broker and a database that let in as deploy/kafka and deploy/postgres of the project say. */
    public static SandboxWorld startSecured(WorldOptions options, Path projectRoot) {
        return new SandboxWorld(options, Optional.of(projectRoot));
    }

    /**
     * Starts the services, {@link WorldOptions#replicas()} of each, with what docker-compose.yml gives their containers
     * and, above that, what differs in this world; waits until all are ready.
     *
     * @param projectRoot below which each service was built, and where docker-compose.yml is
     */
    public void startServices(Path projectRoot) {
        startServices(projectRoot, Map.of());
    }

    /**
     * Starts the services and waits until all are ready.
     *
     * @param projectRoot below which each service was built
     * @param ofOrchestrator settings of the orchestrator that differ from this world's usual ones
     */
    public void startServices(Path projectRoot, Map<String, String> ofOrchestrator) {
        startServices(projectRoot, ofOrchestrator, service -> List.of());
    }

    /**
     * Starts the services and waits until all are ready.
     *
     * @param projectRoot below which each service was built
     * @param ofOrchestrator settings of the orchestrator that differ from this world's usual ones
     * @param ofAll the same for each of them
     */
    public void startServices(Path projectRoot, Map<String, String> ofOrchestrator, Map<String, String> ofAll) {
        start(projectRoot, new ServiceSettings(this, ofOrchestrator, ofAll), service -> List.of());
    }

    /**
     * Starts the services and waits until all are ready.
     *
     * @param projectRoot below which each service was built
     * @param ofOrchestrator settings of the orchestrator that differ from this world's usual ones
     * @param javaOptions that a service's process gets besides the usual ones, such as an agent
     */
    public void startServices(
            Path projectRoot, Map<String, String> ofOrchestrator, Function<Service, List<String>> javaOptions) {
        start(projectRoot, new ServiceSettings(this, ofOrchestrator, Map.of()), javaOptions);
    }

    private void start(Path projectRoot, ServiceSettings settings, Function<Service, List<String>> javaOptions) {
        for (int replica = 1; replica <= options.replicas(); replica++) {
            for (Service service : Service.values()) {
                start(
                        projectRoot,
                        service,
                        replica,
                        settings.of(service, replica),
                        given(service),
                        javaOptions.apply(service));
            }
        }
        services.forEach(ServiceProcess::awaitReady);
    }

    /**
     * Starts one more replica of a service, and does not wait.
     *
     * @param different settings that differ from those of the other replicas
     * @param secrets the directory in which each file is a secret property
     */
    public ServiceProcess startReplica(
            Path projectRoot, Service service, int replica, Map<String, String> different, Path secrets) {
        Map<String, String> settings = new ServiceSettings(this, Map.of(), Map.of()).of(service, replica);
        settings.putAll(different);
        return start(projectRoot, service, replica, settings, Optional.of(secrets), List.of());
    }

    /** Where the secrets of a service are, when this world has a directory of them. */
    private Optional<Path> given(Service service) {
        return security.map(how -> how.secrets(service));
    }

    private ServiceProcess start(
            Path projectRoot,
            Service service,
            int replica,
            Map<String, String> settings,
            Optional<Path> secrets,
            List<String> javaOptions) {
        ServiceProcess process = ServiceProcess.start(
                service,
                replica,
                service.application(projectRoot),
                layout.services(),
                new ServiceProcess.Given(ComposeFile.of(projectRoot), settings, secrets),
                javaOptions);
        services.add(process);
        return process;
    }

    private KafkaBroker startKafka() {
        var plain = KafkaBroker.Options.in(layout.kafka()).withAutoCreateTopics(false);
        KafkaBroker broker = KafkaBroker.start(
                security.map(how -> plain.withSecurity(how.kafka())).orElse(plain));
        security.ifPresentOrElse(
                how -> how.open(broker), () -> broker.createTopics(PARTITIONS, TOPICS.toArray(String[]::new)));
        return broker;
    }

    private PostgresServer startPostgres() {
        PostgresServer server = PostgresServer.start(PostgresServer.Options.in(layout.postgres()));
        server.createDatabase(DATABASE);
        security.ifPresent(how -> how.open(server));
        return server;
    }

    private Prober startProber() {
        return Prober.start(new Prober.Options(
                WorldZone.HUB,
                zone.nameServers(),
                Prober.samePort(doorPort(), Map.of()),
                layout.prober(),
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                Clock.systemUTC()));
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.add(part);
        return part;
    }

    private static <T> T finished(Callable<T> future) {
        try {
            return future.call();
        } catch (Exception e) {
            throw new IllegalStateException("a part of the world did not start: " + e.getMessage(), e);
        }
    }

    public WorldOptions options() {
        return options;
    }

    public WorldLayout layout() {
        return layout;
    }

    /** How the broker and the database let in, when not everybody gets in. */
    public Optional<WorldSecurity> security() {
        return security;
    }

    /** Tokens for the REST API. */
    public WorldTokens tokens() {
        return tokens;
    }

    /** Who may ask by event. */
    public WorldRequester requester() {
        return requester;
    }

    public KafkaBroker kafka() {
        return kafka;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    /** The database of all services, to look into; each has a schema of its own. */
    public String jdbcUrl() {
        return postgres.jdbcUrl(DATABASE);
    }

    public WorldHosts hosts() {
        return hosts;
    }

    /** Both clusters, their homes and databases. */
    public WorldHubs hubs() {
        return hubs;
    }

    /** The cluster of this name, {@link #OLD} or {@link #NEW}. */
    public SandboxCluster cluster(String name) {
        return hubs.cluster(name);
    }

    public WorldZone zone() {
        return zone;
    }

    public Prober prober() {
        return prober;
    }

    /** The port at which both front doors listen, each at its own addresses. */
    public int doorPort() {
        return hubs.doorPort();
    }

    /** All replicas of all services, in the order in which they were started. */
    public List<ServiceProcess> services() {
        return List.copyOf(services);
    }

    /** The replicas of one service. */
    public List<ServiceProcess> services(Service service) {
        return services().stream()
                .filter(process -> process.service() == service)
                .toList();
    }

    /** Ends everything, services first; what fails to end does not keep the rest from ending. */
    @Override
    public void close() {
        services().forEach(ServiceProcess::askToEnd);
        services().forEach(ServiceProcess::close);
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            List.copyOf(parts).reversed().forEach(part -> together.execute(() -> closeQuietly(part)));
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.getLogger(SandboxWorld.class.getName())
                    .log(System.Logger.Level.WARNING, "a part of the sandbox did not end properly", e);
        }
    }
}
