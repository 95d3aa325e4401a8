package dev.hubferry.messaging;

import dev.hubferry.contracts.Command;
import dev.hubferry.trace.NamedSpanIds;
import dev.hubferry.trace.OtelTraces;
import dev.hubferry.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.quarkus.arc.DefaultBean;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts together: with {@link MessagingLifecycle} and {@link MigrationLock} the only one that knows of Quarkus. */
@Dependent
class MessagingBeans {
    static final String PRODUCER = "hubferry-messaging";

    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    IdGenerator spanIds() {
        return new NamedSpanIds();
    }

    /** Without OpenTelemetry, as long as nobody has switched it on. */
    @Produces
    @Singleton
    Traces traces(
            @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "true") boolean disabled,
            Instance<OpenTelemetry> telemetry,
            Clock clock) {
        return disabled ? Traces.NONE : new OtelTraces(telemetry.get().getTracer("dev.hubferry"), clock);
    }

    @Produces
    @Singleton
    Meters meters(MeterRegistry registry) {
        Meters meters = new Meters(registry);
        meters.expectDeadLetters(heardTopics(ConfigProvider.getConfig()));
        return meters;
    }

    private static Set<String> heardTopics(Config config) {
        Set<String> topics = new HashSet<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith("mp.messaging.incoming.") && name.endsWith(".topic")) {
                config.getOptionalValue(name, String.class).ifPresent(topics::add);
            }
        }
        return topics;
    }

    /** A set of figures of one that is asked. */
    @Produces
    @Dependent
    Figures figures(MeterRegistry registry, MessagingConfig config) {
        return new Figures(registry, Sampler.kept(config.metricsInterval()), System::nanoTime);
    }

    @Produces
    @Singleton
    Backlog backlog(Transactions transactions, Figures figures) {
        return new Backlog(transactions, figures);
    }

    @Produces
    @Singleton
    Sampler sampler(Instance<Sampled> all, MessagingConfig config) {
        return new Sampler(all.stream().toList(), config.metricsInterval());
    }

    @Produces
    @Singleton
    FlywayConfigurationCustomizer migrationLock() {
        return new MigrationLock();
    }

    /** Before Flyway asks for more than it can say why it did not get it. */
    @Produces
    @Singleton
    FlywayConfigurationCustomizer databaseCheck(
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user) {
        var check = new DatabaseCheck(url, user.orElse("of the environment"));
        return flyway -> check.run(flyway.getDataSource(), flyway.getSchemas());
    }

    @Produces
    @Singleton
    Transactions transactions(DataSource dataSource) {
        return new Transactions(dataSource);
    }

    @Produces
    @Singleton
    SeenMessages seenMessages() {
        return new SeenMessages();
    }

    @Produces
    @Singleton
    Outbox outbox() {
        return new Outbox();
    }

    @Produces
    @Singleton
    Retry retry(MessagingConfig config, Meters meters) {
        return new Retry(config.retryPause(), meters::databaseRetried);
    }

    @Produces
    @Singleton
    @Identifier(PRODUCER)
    Producer<String, byte[]> producer(@Identifier("default-kafka-broker") Map<String, Object> connection) {
        return KafkaProducers.create(connection);
    }

    void close(@Disposes @Identifier(PRODUCER) Producer<String, byte[]> producer) {
        producer.close(Duration.ofSeconds(2));
    }

    @Produces
    @Singleton
    BrokerWatch brokerWatch(
            @Identifier("default-kafka-broker") Map<String, Object> connection, Instance<CommandHandler<?>> handlers) {
        return new BrokerWatch(
                connection,
                BrokerNeeds.of(ConfigProvider.getConfig(), !handlers.isUnsatisfied()),
                BrokerWatch.Pauses.USUAL);
    }

    @Produces
    @Singleton
    MessageReader reader(
            @Identifier(PRODUCER) Producer<String, byte[]> producer, MessagingConfig config, Meters meters) {
        return new MessageReader(new DeadLetters(producer, config.source(), config.retryPause(), meters));
    }

    @Produces
    @Singleton
    OutboxRelay relay(
            Transactions transactions,
            Outbox outbox,
            @Identifier(PRODUCER) Producer<String, byte[]> producer,
            MessagingConfig config,
            Meters meters,
            Traces traces) {
        return new OutboxRelay(transactions, outbox, producer, config, meters, traces);
    }

    @Produces
    @Singleton
    Replies replies(MessagingConfig config, Clock clock) {
        return new Replies(config.source(), clock);
    }

    @Produces
    @Singleton
    ProgressPublisher progress(
            @Identifier(PRODUCER) Producer<String, byte[]> producer, Replies replies, MessagingConfig config) {
        return new ProgressPublisher(producer, replies, config.progressInterval());
    }

    @Produces
    @Singleton
    ConnectionReporter connections(
            Instance<WatchedConnections> watched,
            @Identifier(PRODUCER) Producer<String, byte[]> producer,
            Clock clock,
            MessagingConfig config,
            ConnectionWatchConfig watchConfig) {
        WatchedConnections connections = watched.get();
        var origin = new ConnectionReporter.Origin(
                connections.service(), config.source(), owner(config.source()), watchConfig);
        Signal changed = new Signal();
        var watch = new ConnectionWatch(connections, watchConfig, clock, changed);
        return new ConnectionReporter(origin, watch, producer, clock, changed);
    }

    @Produces
    @Singleton
    CommandIntake intake(
            Instance<CommandHandler<?>> handlers,
            MessageReader reader,
            Transactions transactions,
            Outbox outbox,
            Replies replies,
            Retry retry,
            DurableExecutor executor) {
        return new CommandIntake(handler(handlers), reader, transactions, outbox, replies, retry, executor);
    }

    @Produces
    @Singleton
    DurableExecutor executor(
            Instance<CommandHandler<?>> handlers,
            Transactions transactions,
            Outbox outbox,
            Replies replies,
            ProgressPublisher progress,
            Retry retry,
            Clock clock,
            MessagingConfig config,
            Meters meters,
            Traces traces) {
        String owner = owner(config.source());
        var leases = new LeaseKeeper(owner, transactions, config, new LeaseClock(clock, System::nanoTime));
        var endings = new Endings(owner, transactions, outbox, retry);
        return new DurableExecutor(
                owner, handler(handlers), transactions, leases, endings, replies, progress, config, meters, traces);
    }

    private static AnyHandler<?> handler(Instance<CommandHandler<?>> handlers) {
        if (handlers.isUnsatisfied()) {
            throw new IllegalStateException("a service that takes commands needs a bean that is a CommandHandler");
        }
        return anyHandler(handlers.get());
    }

    private static <C extends Command> AnyHandler<C> anyHandler(CommandHandler<C> handler) {
        return new AnyHandler<>(handler);
    }

    /** One name a process: a process that starts again is another owner. */
    static String owner(String source) {
        return source + "@" + hostName() + "/" + ProcessHandle.current().pid() + "/" + UUID.randomUUID();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }
}
