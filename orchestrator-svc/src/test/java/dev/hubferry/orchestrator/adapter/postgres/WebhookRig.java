package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.adapter.http.HostResolver;
import dev.hubferry.orchestrator.adapter.http.HttpWebhookSender;
import dev.hubferry.orchestrator.saga.MigrationStore.NumberedEvent;
import dev.hubferry.orchestrator.script.Receiver;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.orchestrator.webhook.AddressGuard;
import dev.hubferry.orchestrator.webhook.Delivering;
import dev.hubferry.orchestrator.webhook.EventFilter;
import dev.hubferry.orchestrator.webhook.IpRange;
import dev.hubferry.orchestrator.webhook.RetryTimes;
import dev.hubferry.orchestrator.webhook.SigningSecrets;
import dev.hubferry.orchestrator.webhook.Webhook;
import dev.hubferry.orchestrator.webhook.WebhookLoop;
import dev.hubferry.orchestrator.webhook.WebhookStore.Standing;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.SharedParts;
import io.vertx.core.Vertx;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** Histories on a real database, receivers on sockets, and replicas that tell these of those. */
final class WebhookRig implements AutoCloseable {
    static final Duration SOON = Duration.ofMinutes(1);
    static final Duration LONG_LEASE = Duration.ofMinutes(10);
    static final int AT_ONCE = 2;
    private static final String SCHEMA = "orchestrator";
    private static final RetryTimes TIMES =
            new RetryTimes(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofHours(24));

    final TestClock clock = new TestClock();
    private final Vertx vertx = Vertx.vertx();
    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final Transactions transactions = new Transactions(source);
    final PostgresWebhookStore store = new PostgresWebhookStore(transactions);
    private final List<WebhookLoop> loops = new ArrayList<>();
    private final Map<MigrationId, Long> last = new HashMap<>();

    WebhookRig() {
        source.setUrl(SharedParts.newDatabase());
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.USER);
        var unused = Flyway.configure()
                .dataSource(source)
                .schemas(SCHEMA)
                .locations("classpath:db/hubferry-messaging", "classpath:db/orchestrator")
                .outOfOrder(true)
                .load()
                .migrate();
        source.setCurrentSchema(SCHEMA);
    }

    static Webhook webhook(String name, Receiver receiver, String... events) {
        return new Webhook(
                name,
                URI.create(receiver.url()),
                SigningSecrets.of(List.of(Receiver.SECRET)),
                new EventFilter(List.of(events)),
                Duration.ofSeconds(30),
                new AddressGuard(List.of(IpRange.of("127.0.0.0/8"))),
                Optional.empty());
    }

    void register(String... names) {
        store.register(List.of(names), clock.instant());
    }

    /** Another process, which is configured with one webhook. */
    WebhookLoop startReplica(Webhook webhook) {
        return startReplica(webhook, LONG_LEASE);
    }

    WebhookLoop startReplica(Webhook webhook, Duration leaseMargin) {
        register(webhook.name());
        WebhookLoop loop = new WebhookLoop(webhook, delivering(leaseMargin), AT_ONCE, Duration.ofMillis(20));
        loops.add(loop);
        loop.start();
        return loop;
    }

    private Delivering delivering(Duration leaseMargin) {
        return new Delivering(
                store,
                new HttpWebhookSender(vertx, HostResolver.ofSystem(), clock),
                TIMES,
                leaseMargin,
                "/test",
                clock,
                () -> 0.5);
    }

    MigrationId migration(String id) {
        return migration(id, "migrate-hub/1");
    }

    MigrationId migration(String id, String definition) {
        MigrationId migration = new MigrationId(id);
        transactions.runInTransaction(connection -> {
            try (var insert = connection.prepareStatement("""
                    insert into migration (id, name, definition, status, state, created_at, updated_at)
                    values (?, 'm', ?, 'RUNNING', '{}', now(), now())
                    """)) {
                insert.setString(1, id);
                insert.setString(2, definition);
                insert.executeUpdate();
            }
        });
        return migration;
    }

    /** As many events as texts, in a transaction of their own. */
    void append(MigrationId migration, String... texts) {
        transactions.runInTransaction(connection -> append(connection, migration, texts));
    }

    /** Events of other types. */
    void append(MigrationId migration, MigrationEvent... events) {
        transactions.runInTransaction(connection -> append(connection, migration, List.of(events)));
    }

    void append(Connection connection, MigrationId migration, String... texts) throws SQLException {
        List<MigrationEvent> events = new ArrayList<>();
        for (String text : texts) {
            events.add(new MigrationEvent.Resumed(text));
        }
        append(connection, migration, events);
    }

    private void append(Connection connection, MigrationId migration, List<MigrationEvent> events) throws SQLException {
        List<EventTable.Entry> entries = new ArrayList<>();
        for (MigrationEvent event : events) {
            long number = last.merge(migration, 1L, Long::sum);
            entries.add(new EventTable.Entry(migration, new NumberedEvent(number, clock.instant(), event)));
        }
        EventTable.insert(connection, entries);
    }

    Transactions transactions() {
        return transactions;
    }

    /** Of a migration, what came, in its order, by numbers; what came again is there again. */
    static List<Integer> numbers(Receiver receiver, MigrationId migration) {
        return receiver.received().stream()
                .filter(received -> received.id().startsWith(migration.value() + "/"))
                .map(received ->
                        Integer.parseInt(received.id().substring(received.id().lastIndexOf('/') + 1)))
                .toList();
    }

    static void awaitNumbers(Receiver receiver, MigrationId migration, Integer... numbers) {
        Await.until(
                "events of " + migration,
                SOON,
                () -> numbers(receiver, migration).equals(List.of(numbers)));
    }

    /** Everything that was appended is taken or given up. */
    void awaitNothingToSend() {
        Await.until("nothing to send", SOON, () -> count("webhook_lane") == 0);
    }

    void awaitFailure(String webhook, String reason) {
        Await.until(
                "a failure: " + reason,
                SOON,
                () -> standing(webhook).lastFailure().orElse("").contains(reason)
                        && count("webhook_lane where lease is not null") == 0);
    }

    Standing standing(String webhook) {
        return store.standings().stream()
                .filter(standing -> standing.name().equals(webhook))
                .findFirst()
                .orElseThrow();
    }

    /** @param rows a table, and which of its rows */
    long count(String rows) {
        return transactions.inTransaction(connection -> {
            try (var select = connection.prepareStatement("select count(*) from " + rows)) {
                return Sql.first(select, row -> row.getLong(1)).orElseThrow();
            }
        });
    }

    @Override
    public void close() {
        loops.forEach(WebhookLoop::stop);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
