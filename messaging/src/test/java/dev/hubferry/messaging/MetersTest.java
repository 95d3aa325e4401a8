package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.messaging.InboxTable.Arrival;
import dev.hubferry.testbed.MetricsPage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final TestDatabase database = TestDatabase.create();
    private final MockProducer<String, byte[]> broker =
            new MockProducer<>(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    private final MigrationId migration = Samples.newMigration();
    private final AtomicLong nanoTime = new AtomicLong();

    @Test
    void areWhatThePageSays() throws Exception {
        // Given
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Meters meters = new Meters(registry);
        // When
        meters.watchRunning(() -> 3);
        meters.expectDeadLetters(List.of("hubferry.commands.dns"));
        meters.commandRan("dns.switch-record.v1", Meters.Outcome.DONE, 1_000);
        meters.commandRejected("dns.switch-record.v1", ErrorCode.UNEXPECTED);
        meters.published("hubferry.replies");
        var unused = backlog(registry);
        // Then
        var exposed = MetricsPage.exposed(registry.scrape());
        if (Boolean.getBoolean("hubferry.write-docs")) {
            MetricsPage.write("Every service", exposed);
        }
        assertThat(MetricsPage.documented("Every service")).containsExactlyElementsOf(exposed);
    }

    @Test
    void countCommandsByTypeAndHowTheyEnded() {
        try (Kit kit = new Kit(database, broker, new ScriptedHandler(MetersTest::refuseTheSecond)).start()) {
            // When
            Message<?> first = Samples.command(migration, 1);
            kit.accept(first, Samples.command(migration, 2));
            // Then
            String type = first.envelope().type();
            Kit.until(
                    "both were counted",
                    () -> ran(kit.registry, type, "done") + ran(kit.registry, type, "rejected") == 2);
            assertThat(ran(kit.registry, type, "done")).isEqualTo(1);
            assertThat(count(kit.registry, "hubferry.commands.rejected", "type", type, "code", "TARGET_FULL"))
                    .isEqualTo(1);
            Kit.until(
                    "both replies were counted",
                    () -> count(kit.registry, "hubferry.messages.published", "topic", "hubferry.replies") == 2);
            assertThat(count(kit.registry, "hubferry.lease.takeovers")).isZero();
            Kit.until("none runs", () -> value(kit.registry, "hubferry.commands.running") == 0);
        }
    }

    private static Reply refuseTheSecond(DnsCommand command, Execution execution) {
        return execution.envelope().step().orElseThrow().attempt() == 2
                ? Rejected.of(ErrorCode.TARGET_FULL, "no room")
                : Samples.DONE;
    }

    @Test
    void countWhatIsTakenOverButNotWhatWasGivenBack() {
        // Given
        Message<?> abandoned = Samples.command(migration, 1);
        Message<?> givenBack = Samples.command(Samples.newMigration(), 1);
        var types = new AnyHandler<DnsCommand>(new ScriptedHandler((_, _) -> Samples.DONE)).wireTypes();
        database.transactions().runInTransaction(connection -> {
            InboxTable.insert(connection, List.of(arrival(abandoned, "a"), arrival(givenBack, "b")));
            var claims = InboxTable.claim(connection, "somebody", types, 10, Duration.ZERO);
            assertThat(claims).hasSize(2);
            InboxTable.giveBack(connection, "somebody", claims.getLast().run());
        });
        // When
        try (Kit kit = new Kit(database, broker, new ScriptedHandler((_, _) -> Samples.DONE)).start()) {
            // Then
            Kit.until("both ran", () -> ran(kit.registry, abandoned.envelope().type(), "done") == 2);
            assertThat(count(kit.registry, "hubferry.lease.takeovers")).isEqualTo(1);
        }
    }

    @Test
    void sayHowLongWhatWaitsThatCouldRun() {
        // Given
        MeterRegistry registry = new SimpleMeterRegistry();
        Sampler sampler = new Sampler(List.of(backlog(registry)), Duration.ofSeconds(10));
        assertThat(value(registry, "hubferry.inbox.pending")).isNaN();
        database.transactions().runInTransaction(connection -> {
            InboxTable.insert(
                    connection,
                    List.of(
                            arrival(Samples.command(migration, 1), "a"),
                            arrival(Samples.command(migration, 2), "a"),
                            arrival(Samples.command(migration, 3), "b")));
            OutboxTable.insert(connection, List.of(new OutboxTable.Letter("t", new WireMessage("m", Map.of(), "{}"))));
        });
        // The second waits behind the first for its key's turn.
        database.execute("update inbox set received_at = now() - interval '1 hour' where seq = 2");
        database.execute("update inbox set received_at = now() - interval '5 minutes' where seq = 3");
        database.execute("update outbox set created_at = now() - interval '1 minute'");
        // When
        sampler.sampleOnce();
        // Then
        assertThat(value(registry, "hubferry.inbox.pending")).isEqualTo(3);
        assertThat(value(registry, "hubferry.inbox.oldest.seconds")).isBetween(300.0, 900.0);
        assertThat(value(registry, "hubferry.outbox.pending")).isEqualTo(1);
        assertThat(value(registry, "hubferry.outbox.oldest.seconds")).isBetween(60.0, 600.0);
    }

    @Test
    void sayNothingWhenTheDatabaseDoesNotAnswer() {
        // Given
        MeterRegistry registry = new SimpleMeterRegistry();
        Sampler sampler = new Sampler(List.of(backlog(registry)), Duration.ofSeconds(10));
        sampler.sampleOnce();
        assertThat(value(registry, "hubferry.outbox.pending")).isZero();
        // When
        database.execute("alter table inbox rename to away");
        sampler.sampleOnce();
        // Then
        assertThat(value(registry, "hubferry.inbox.pending")).isNaN();
        assertThat(value(registry, "hubferry.outbox.pending")).isNaN();
        // When
        database.execute("alter table away rename to inbox");
        sampler.sampleOnce();
        // Then
        assertThat(value(registry, "hubferry.inbox.pending")).isZero();
    }

    @Test
    void sayNothingWhenTheDatabaseHangs() {
        // Given
        MeterRegistry registry = new SimpleMeterRegistry();
        Sampler sampler = new Sampler(List.of(backlog(registry)), Duration.ofSeconds(10));
        sampler.sampleOnce();
        // When
        nanoTime.addAndGet(KEPT.toNanos());
        // Then
        assertThat(value(registry, "hubferry.inbox.pending")).isZero();
        // When
        nanoTime.incrementAndGet();
        // Then
        assertThat(value(registry, "hubferry.inbox.pending")).isNaN();
    }

    private Backlog backlog(MeterRegistry registry) {
        return new Backlog(database.transactions(), new Figures(registry, KEPT, nanoTime::get));
    }

    private static Arrival arrival(Message<?> command, String key) {
        return new Arrival(command.envelope().id(), command.envelope().type(), key, MessageCodec.encode(command));
    }

    private static double count(MeterRegistry registry, String name, String... tags) {
        var counter = registry.find(name).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }

    private static long ran(MeterRegistry registry, String type, String outcome) {
        var timer = registry.find("hubferry.command.duration")
                .tags("type", type, "outcome", outcome)
                .timer();
        return timer == null ? 0 : timer.count();
    }

    private static double value(MeterRegistry registry, String name) {
        return registry.get(name).gauge().value();
    }
}
