package dev.hubferry.orchestrator.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.Priority;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.contracts.StorageReply;
import dev.hubferry.messaging.Outbox;
import dev.hubferry.messaging.SeenMessages;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.saga.GrantLoop;
import dev.hubferry.orchestrator.saga.Granting;
import dev.hubferry.orchestrator.saga.Hearing;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.MigrationIds;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.SagaDefinitions;
import dev.hubferry.orchestrator.saga.engine.Claim;
import dev.hubferry.orchestrator.saga.engine.Node;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition.Phase;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.engine.Slot.Kind;
import dev.hubferry.orchestrator.saga.engine.SlotUse;
import dev.hubferry.orchestrator.saga.queue.Limits;
import dev.hubferry.orchestrator.saga.queue.Place;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import dev.hubferry.orchestrator.script.Answers;
import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.SharedParts;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** Migrations of one step that waits for its turn at storage servers, on a real database, and replicas that grant. */
final class QueueRig implements AutoCloseable {
    private static final RetryPolicy ONCE = new RetryPolicy(Duration.ZERO, Duration.ZERO, 1);
    private static final String SCHEMA = "orchestrator";
    private static final SagaDefinitions DEFINITIONS = new SagaDefinitions(saga(2), List.of(saga(1)));
    private static final SagaDefinitions OLDER = new SagaDefinitions(saga(1), List.of());

    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final Transactions transactions = new Transactions(source);
    private final Limits limits;
    private final List<GrantLoop> loops = new ArrayList<>();
    private final Replica client;

    /** One process of the service. */
    record Replica(PostgresMigrationStore store, Migrations migrations, Hearing hearing, Granting granting) {}

    QueueRig(Map<String, Integer> limitsOfStorages) {
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
        Map<Kind, Integer> usual = Arrays.stream(Kind.values()).collect(Collectors.toMap(kind -> kind, _ -> 2));
        Map<Slot, Integer> own = limitsOfStorages.entrySet().stream()
                .collect(Collectors.toMap(limit -> new Slot(Kind.SEED, limit.getKey()), Map.Entry::getValue));
        this.limits = new Limits(usual, own, Map.of(), Set.of());
        this.client = replica();
    }

    /** Another process, which grants nothing by itself. */
    Replica replica() {
        return replica(DEFINITIONS);
    }

    /** One that does not know the definition that all others begin migrations on. */
    Replica olderReplica() {
        return replica(OLDER);
    }

    private Replica replica(SagaDefinitions definitions) {
        PostgresMigrationStore store = new PostgresMigrationStore(
                transactions,
                new Outbox(),
                new SeenMessages(),
                "/test",
                definitions.ids(),
                new PostgresMigrationStore.Watcher() {
                    @Override
                    public void changed(MigrationId migration) {}

                    @Override
                    public void timersSet(Instant firstDue) {}

                    @Override
                    public void slotsChanged() {
                        loops.forEach(GrantLoop::wake);
                    }
                });
        Migrations migrations =
                new Migrations(definitions, store, new MigrationIds(new SecureRandom()), Clock.systemUTC());
        Hearing hearing = new Hearing(definitions, store, Clock.systemUTC());
        return new Replica(store, migrations, hearing, new Granting(migrations, store, limits));
    }

    /** Another process, which grants whatever can be granted. */
    void startReplica() {
        GrantLoop loop = new GrantLoop(replica().granting(), Duration.ofMillis(10));
        loops.add(loop);
        loop.start();
    }

    MigrationId request(String name, Priority priority, String from, String to) {
        return request(client, name, priority, from, to);
    }

    MigrationId request(Replica replica, String name, Priority priority, String from, String to) {
        Migrations.Requested requested =
                replica.migrations().request(spec(name, priority, from, to), "olga", Optional.empty());
        assertThat(requested).isInstanceOf(Migrations.Requested.Accepted.class);
        return ((Migrations.Requested.Accepted) requested).state().subject().migration();
    }

    static MigrationSpec spec(String name, Priority priority, String from, String to) {
        return new MigrationSpec(
                name,
                new HubRef("old", name, Optional.empty()),
                new HubRef("new", name, Optional.empty()),
                new MigrationSpec.Homes(
                        new HomesRef(from, "/export/" + name),
                        new HomesRef(to, "/import/" + name),
                        ExistingHomes.REFUSE),
                new MigrationSpec.Database(Set.of()),
                new MigrationSpec.Dns("example", name + ".example.org", Duration.ofSeconds(300)),
                MigrationSpec.Cutover.ANY_TIME,
                new MigrationSpec.Approvals(Duration.ofDays(7), false),
                Duration.ZERO,
                priority);
    }

    void done(MigrationId migration) {
        assertThat(client.hearing().heard(reply(migration))).isInstanceOf(Hearing.Heard.Applied.class);
    }

    /** What a participant says when its work is done. */
    Hearing.Said reply(MigrationId migration) {
        StepRef step = new StepRef("work", Direction.DO, 1);
        MessageId id = MessageId.ofReplyTo(MessageId.ofCommand(migration, step));
        MigrationSpec spec = state(migration).subject().spec();
        SagaEvent reply = new SagaEvent.Replied(
                step, Answers.to(seed(spec), Clock.systemUTC().instant(), Duration.ZERO), Map.of());
        return new Hearing.Said(migration, id, reply);
    }

    SagaState state(MigrationId migration) {
        return ((Kept.Ours) client.store().find(migration).orElseThrow()).state();
    }

    void said(MigrationId migration, SagaEvent.ByPerson word) {
        assertThat(client.migrations().said(migration, word, Optional.empty()))
                .isInstanceOf(Migrations.Answered.Done.class);
    }

    List<Place> held() {
        return client.store().places().stream()
                .filter(place -> place.use() instanceof SlotUse.Held)
                .toList();
    }

    List<MigrationId> waiting() {
        return client.store().places().stream()
                .filter(place -> place.use() instanceof SlotUse.Waiting)
                .map(Place::migration)
                .toList();
    }

    SlotQueue queue() {
        return client.granting().queue();
    }

    Replica client() {
        return client;
    }

    /** @param rows a table, and which of its rows */
    long count(String rows) {
        return transactions.inTransaction(connection -> {
            try (var select = connection.prepareStatement("select count(*) from " + rows)) {
                return Sql.first(select, row -> row.getLong(1)).orElseThrow();
            }
        });
    }

    void execute(String sql) {
        transactions.runInTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate(sql)).isEqualTo(1);
            }
        });
    }

    /** How many commands wait in the outbox for a migration. */
    long commandsOf(MigrationId migration) {
        return transactions.inTransaction(connection -> {
            try (var select = connection.prepareStatement(
                            "select count(*) from outbox where topic = 'hubferry.commands.storage'" + " and key = '"
                                    + migration + "'");
                    var rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    @Override
    public void close() {
        loops.forEach(GrantLoop::stop);
    }

    private static StorageCommand.SeedHomes seed(MigrationSpec spec) {
        return new StorageCommand.SeedHomes(
                spec.homes().source(), spec.homes().target(), spec.homes().existing());
    }

    private static SagaDefinition saga(int version) {
        Step work = new Step(
                "work",
                Participant.STORAGE,
                context -> seed(context.spec()),
                StorageReply.HomesSeeded.class,
                Node.Undo.NOTHING,
                Node.Mark.NOTHING,
                false);
        Claim claim = new Claim("work", "work", QueueRig::slots);
        Patience patience = new Patience(ONCE, ONCE, ONCE, Duration.ofMinutes(1));
        return new SagaDefinition(
                "queue-test", version, List.of(new Phase("only", List.of(work))), List.of(claim), patience);
    }

    private static Set<Slot> slots(MigrationSpec spec) {
        return Stream.of(spec.homes().source(), spec.homes().target())
                .map(home -> new Slot(Kind.SEED, home.storage()))
                .collect(Collectors.toSet());
    }
}
