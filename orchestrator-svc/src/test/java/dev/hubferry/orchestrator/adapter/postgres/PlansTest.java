package dev.hubferry.orchestrator.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.messaging.Outbox;
import dev.hubferry.messaging.SeenMessages;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.saga.Hearing;
import dev.hubferry.orchestrator.saga.IdempotencyKey;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.ListQuery;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.MigrationIds;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.MigrationStore.Conflict;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.Migrations.Answered;
import dev.hubferry.orchestrator.saga.Migrations.Requested;
import dev.hubferry.orchestrator.saga.PlanHub;
import dev.hubferry.orchestrator.saga.PlanStore;
import dev.hubferry.orchestrator.saga.Planning;
import dev.hubferry.orchestrator.saga.Planning.Planned;
import dev.hubferry.orchestrator.saga.SagaDefinitions;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.script.Specs;
import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.SharedParts;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Dry runs beside migrations, on a real database. */
class PlansTest {
    private static final RetryPolicy ONCE = new RetryPolicy(Duration.ZERO, Duration.ZERO, 1);
    private static final Patience PATIENCE = new Patience(ONCE, ONCE, ONCE, Duration.ofMinutes(1));
    private static final SagaDefinition PLAN = PlanHub.definition(PATIENCE, Duration.ofHours(1));
    private static final SagaDefinitions NEW = new SagaDefinitions(MigrateHub.definition(PATIENCE), List.of(PLAN));
    private static final SagaDefinitions OLD = new SagaDefinitions(MigrateHub.definition(PATIENCE), List.of());

    private final Transactions transactions = new Transactions(database());
    private final MigrationStore store = store(NEW);
    private final Migrations migrations =
            new Migrations(NEW, store, new MigrationIds(new SecureRandom()), Clock.systemUTC());
    private final Planning planning =
            new Planning(PLAN, store, new MigrationIds(new SecureRandom()), Clock.systemUTC());
    private final Hearing hearing = new Hearing(NEW, store, Clock.systemUTC());
    private final PlanStore plans = new PostgresPlanStore(transactions, NEW.ids());

    @Test
    void holdsNothingSoThatPlansAndAMigrationOfTheSameHubMayBegin() {
        // When
        MigrationId one = plan();
        MigrationId other = plan();
        MigrationId migration = migrate();

        // Then
        assertThat(count("migration_lock where migration_id in ('" + one + "', '" + other + "')"))
                .isZero();
        assertThat(count("migration_lock where migration_id = '" + migration + "'"))
                .isEqualTo(5);
        assertThat(plans.heldAtRequest(one)).isEmpty();
        assertThat(store.places()).isEmpty();
    }

    @Test
    void tellsParticipantsAndNotThePublic() {
        // When
        MigrationId plan = plan();
        endWithFailures(plan);

        // Then
        assertThat(count("outbox where key = '" + plan + "' and topic like 'hubferry.commands.%'"))
                .isEqualTo(5);
        assertThat(count("outbox where key = '" + plan + "' and topic = 'hubferry.events'"))
                .isZero();
        assertThat(count("outbox where key = '" + migrate() + "' and topic = 'hubferry.events'"))
                .isPositive();
    }

    @Test
    void checksNothingOfWhatAMigrationHasAndKeepsWhoHasIt() {
        // Given
        MigrationId migration = migrate();

        // When
        MigrationId plan = plan();

        // Then
        assertThat(state(plan)).isInstanceOf(SagaState.Completed.class);
        assertThat(count("outbox where key = '" + plan + "'")).isZero();
        assertThat(count("migration_timer where migration_id = '" + plan + "'")).isZero();
        assertThat(plans.heldAtRequest(plan))
                .hasSize(5)
                .contains(new Conflict("dns:astro.example.org", "dns:astro.example.org", migration))
                .allMatch(conflict -> conflict.by().equals(migration));
    }

    @Test
    void isInNoListWhicheverReplicaIsAsked() {
        // Given
        MigrationId plan = plan();
        MigrationId migration = migrate();

        // Then
        assertThat(store.find(plan)).isPresent();
        for (MigrationStore replica : List.of(store, store(OLD))) {
            assertThat(replica.list(ListQuery.newest(10)))
                    .extracting(Kept::migration)
                    .containsExactly(migration);
        }
    }

    @Test
    void isLeftAloneByAReplicaThatDoesNotKnowItsDefinition() {
        // Given
        MigrationId plan = plan();
        MigrationStore older = store(OLD);
        Instant later = Clock.systemUTC().instant().plus(Duration.ofDays(1));

        // Then
        assertThat(older.find(plan)).containsInstanceOf(Kept.NotOurs.class);
        assertThat(older.withDueTimers(later, 10)).isEmpty();
        assertThat(older.nextTimer()).isEmpty();
        assertThat(new Hearing(OLD, older, Clock.systemUTC()).heard(reply(plan, "check-zone", refusal())))
                .isEqualTo(new Hearing.Heard.NotOurs(PLAN.id()));
        assertThat(new PostgresPlanStore(transactions, OLD.ids()).forget(later, 10))
                .isZero();
        assertThat(store.withDueTimers(later, 10)).containsExactly(plan);
    }

    @Test
    void hearsNoWordOfAPerson() {
        // Given
        MigrationId plan = plan();

        // Then
        assertThat(migrations.said(plan, new SagaEvent.AbortAsked("olga", "enough"), Optional.empty()))
                .isInstanceOf(Answered.Unknown.class);
        assertThat(count("audit where migration_id = '" + plan + "'")).isZero();
    }

    @Test
    void endsAtItsDeadlineThoughNobodyAnswers() {
        // Given
        MigrationId plan = plan();
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));

        // When
        new Migrations(NEW, store, new MigrationIds(new SecureRandom()), later).fireDueTimers(List.of(plan));

        // Then
        assertThat(state(plan)).isInstanceOf(SagaState.Completed.class);
        assertThat(count("migration_timer where migration_id = '" + plan + "'")).isZero();
        assertThat(count("outbox where key = '" + plan + "' and headers like '%/cancel%'"))
                .isEqualTo(5);
    }

    @Test
    void isTheSameOneUnderTheSameKeyUntilItIsForgotten() {
        // Given
        Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("k-1", "olga", "hash"));
        MigrationId first = accepted(planning.plan(Specs.astro(), "olga", key));

        // When, Then
        assertThat(accepted(planning.plan(Specs.astro(), "olga", key))).isEqualTo(first);
        assertThat(planning.plan(Specs.astro(), "olga", Optional.of(new IdempotencyKey("k-1", "olga", "another hash"))))
                .isEqualTo(new Planned.KeyReused(first));

        // And when it is forgotten
        endWithFailures(first);
        assertThat(plans.forget(tomorrow(), 10)).isEqualTo(1);
        assertThat(accepted(planning.plan(Specs.astro(), "olga", key))).isNotEqualTo(first);
    }

    @Test
    void forgetsOldOnesOnlyAndFewAtATime() {
        // Given three that have ended, one that is under way, and a migration
        List<MigrationId> ended = List.of(plan(), plan(), plan());
        ended.forEach(this::endWithFailures);
        MigrationId running = plan();
        MigrationId migration = migrate();
        MigrationId held = plan();

        // Then nothing that ended after that time goes
        assertThat(plans.forget(Clock.systemUTC().instant().minus(Duration.ofHours(1)), 10))
                .isZero();

        // When, Then
        assertThat(plans.forget(tomorrow(), 2)).isEqualTo(2);
        assertThat(store.find(ended.get(0))).isEmpty();
        assertThat(store.find(ended.get(1))).isEmpty();
        assertThat(store.find(ended.get(2))).isPresent();
        assertThat(plans.forget(tomorrow(), 10)).isEqualTo(2);
        assertThat(store.find(held)).isEmpty();
        assertThat(plans.forget(tomorrow(), 10)).isZero();
        assertThat(store.find(running)).isPresent();
        assertThat(store.find(migration)).isPresent();
        for (String table : List.of("migration_event", "migration_timer", "ignored_event", "idempotency")) {
            assertThat(count(table + " where migration_id not in ('" + running + "', '" + migration + "')"))
                    .as(table)
                    .isZero();
        }
        assertThat(count("plan_conflict")).isZero();
    }

    @Test
    void forgetsNoneThatSomebodyIsChanging() {
        // Given
        MigrationId plan = plan();
        endWithFailures(plan);

        // When
        int forgotten = store.inTransaction(tx -> {
            assertThat(tx.lock(plan)).isPresent();
            return plans.forget(tomorrow(), 10);
        });

        // Then
        assertThat(forgotten).isZero();
        assertThat(plans.forget(tomorrow(), 10)).isEqualTo(1);
    }

    private static Instant tomorrow() {
        return Clock.systemUTC().instant().plus(Duration.ofDays(1));
    }

    private MigrationId plan() {
        return accepted(planning.plan(Specs.astro(), "olga", Optional.empty()));
    }

    private static MigrationId accepted(Planned planned) {
        assertThat(planned).isInstanceOf(Planned.Accepted.class);
        return ((Planned.Accepted) planned).state().subject().migration();
    }

    private MigrationId migrate() {
        Requested requested = migrations.request(Specs.astro(), "olga", Optional.empty());
        assertThat(requested).isInstanceOf(Requested.Accepted.class);
        return ((Requested.Accepted) requested).state().subject().migration();
    }

    private void endWithFailures(MigrationId plan) {
        for (String check : List.of("check-source", "check-target", "check-homes", "check-database", "check-zone")) {
            assertThat(hearing.heard(reply(plan, check, refusal()))).isInstanceOf(Hearing.Heard.Applied.class);
        }
        assertThat(state(plan)).isInstanceOf(SagaState.Completed.class);
    }

    private static Reply refusal() {
        return Rejected.of(ErrorCode.HUB_NOT_FOUND, "as scripted");
    }

    private static Hearing.Said reply(MigrationId plan, String check, Reply reply) {
        StepRef step = new StepRef(check, Direction.DO, 1);
        MessageId id = MessageId.ofReplyTo(MessageId.ofCommand(plan, step));
        return new Hearing.Said(plan, id, new SagaEvent.Replied(step, reply, Map.of()));
    }

    private SagaState state(MigrationId plan) {
        return ((Kept.Ours) store.find(plan).orElseThrow()).state();
    }

    private long count(String rows) {
        return transactions.inTransaction(connection -> {
            try (var select = connection.prepareStatement("select count(*) from " + rows)) {
                return Sql.first(select, row -> row.getLong(1)).orElseThrow();
            }
        });
    }

    private MigrationStore store(SagaDefinitions definitions) {
        return new PostgresMigrationStore(
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
                    public void slotsChanged() {}
                });
    }

    private static PGSimpleDataSource database() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(SharedParts.newDatabase());
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.USER);
        var unused = Flyway.configure()
                .dataSource(source)
                .schemas("orchestrator")
                .locations("classpath:db/hubferry-messaging", "classpath:db/orchestrator")
                .outOfOrder(true)
                .load()
                .migrate();
        source.setCurrentSchema("orchestrator");
        return source;
    }
}
