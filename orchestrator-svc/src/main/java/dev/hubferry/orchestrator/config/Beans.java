package dev.hubferry.orchestrator.config;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.MessageReader;
import dev.hubferry.messaging.MessagingConfig;
import dev.hubferry.messaging.Outbox;
import dev.hubferry.messaging.Retry;
import dev.hubferry.messaging.SeenMessages;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.messaging.Vitals;
import dev.hubferry.orchestrator.adapter.postgres.Movement;
import dev.hubferry.orchestrator.adapter.postgres.PostgresHandedOver;
import dev.hubferry.orchestrator.adapter.postgres.PostgresMigrationStore;
import dev.hubferry.orchestrator.adapter.postgres.PostgresMigrationStore.Watcher;
import dev.hubferry.orchestrator.adapter.postgres.PostgresPlanStore;
import dev.hubferry.orchestrator.api.security.Access;
import dev.hubferry.orchestrator.api.spec.KnownConnections;
import dev.hubferry.orchestrator.api.spec.SpecReader;
import dev.hubferry.orchestrator.connections.ConnectionBoard;
import dev.hubferry.orchestrator.connections.ConnectionJudge;
import dev.hubferry.orchestrator.messaging.ReplyIntake;
import dev.hubferry.orchestrator.messaging.TakeOverLoop;
import dev.hubferry.orchestrator.metrics.SagaMeters;
import dev.hubferry.orchestrator.metrics.TurnLog;
import dev.hubferry.orchestrator.saga.ChangeBell;
import dev.hubferry.orchestrator.saga.ForgetLoop;
import dev.hubferry.orchestrator.saga.GrantLoop;
import dev.hubferry.orchestrator.saga.Granting;
import dev.hubferry.orchestrator.saga.HandedOver;
import dev.hubferry.orchestrator.saga.Hearing;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.MigrationIds;
import dev.hubferry.orchestrator.saga.MigrationStore;
import dev.hubferry.orchestrator.saga.Migrations;
import dev.hubferry.orchestrator.saga.PlanHub;
import dev.hubferry.orchestrator.saga.PlanStore;
import dev.hubferry.orchestrator.saga.Planning;
import dev.hubferry.orchestrator.saga.ProgressBoard;
import dev.hubferry.orchestrator.saga.Refusals;
import dev.hubferry.orchestrator.saga.SagaDefinitions;
import dev.hubferry.orchestrator.saga.TimerLoop;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.queue.Limits;
import dev.hubferry.orchestrator.tracing.SagaTraces;
import dev.hubferry.trace.Traces;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts the parts together. */
@Dependent
class Beans {
    @Produces
    @Singleton
    SagaDefinitions definitions(SagaConfig config, PlansConfig plans) {
        Patience patience = new Patience(
                policy(config.retries()),
                policy(config.lateRetries()),
                policy(config.undoRetries()),
                config.probeAfter());
        List<SagaDefinition> others = new ArrayList<>(MigrateHub.older(patience));
        others.add(PlanHub.definition(patience, plans.deadline()));
        return new SagaDefinitions(MigrateHub.definition(patience), others);
    }

    private static RetryPolicy policy(SagaConfig.Retries retries) {
        return new RetryPolicy(retries.firstDelay(), retries.cap(), retries.attempts());
    }

    @Produces
    @Singleton
    ChangeBell bell() {
        return new ChangeBell();
    }

    @Produces
    @Singleton
    ProgressBoard board() {
        return new ProgressBoard();
    }

    @Produces
    @Singleton
    MigrationStore store(
            Transactions transactions,
            Outbox outbox,
            SeenMessages seen,
            MessagingConfig config,
            SagaDefinitions definitions,
            ChangeBell bell,
            Instance<TimerLoop> timers,
            Instance<GrantLoop> grants,
            Instance<WebhookLoops> webhooks,
            SagaMeters meters,
            TurnLog log,
            Traces traces,
            SagaTraces sagaTraces) {
        Watcher watcher = new Watcher() {
            @Override
            public void changed(MigrationId migration) {
                bell.ring(migration);
                webhooks.get().wake();
            }

            @Override
            public void timersSet(Instant firstDue) {
                timers.get().set(firstDue);
            }

            @Override
            public void slotsChanged() {
                grants.get().wake();
            }

            @Override
            public void advanced(Movement went) {
                meters.advanced(went.advance());
                log.advanced(went.advance(), went.trace());
                sagaTraces.advanced(went);
            }
        };
        return new PostgresMigrationStore(
                transactions, outbox, seen, config.source(), definitions.ids(), watcher, traces);
    }

    @Produces
    @Singleton
    Migrations migrations(SagaDefinitions definitions, MigrationStore store, Clock clock) {
        return new Migrations(definitions, store, new MigrationIds(new SecureRandom()), clock);
    }

    @Produces
    @Singleton
    Refusals refusals(MigrationStore store, Clock clock) {
        return new Refusals(store, clock);
    }

    @Produces
    @Singleton
    Planning planning(SagaDefinitions definitions, MigrationStore store, Clock clock) {
        return new Planning(definitions.byId(PlanHub.ID), store, new MigrationIds(new SecureRandom()), clock);
    }

    @Produces
    @Singleton
    PlanStore planStore(Transactions transactions, SagaDefinitions definitions) {
        return new PostgresPlanStore(transactions, definitions.ids());
    }

    @Produces
    @Singleton
    ForgetLoop forget(PlanStore plans, Clock clock, PlansConfig config) {
        return new ForgetLoop(plans, clock, config.retention(), config.forgetPoll());
    }

    @Produces
    @Singleton
    Hearing hearing(SagaDefinitions definitions, MigrationStore store, Clock clock) {
        return new Hearing(definitions, store, clock);
    }

    @Produces
    @Singleton
    HandedOver handedOver(Transactions transactions, SagaDefinitions definitions) {
        return new PostgresHandedOver(transactions, definitions.ids());
    }

    @Produces
    @Singleton
    ReplyIntake replyIntake(
            MessageReader reader, Hearing hearing, MigrationStore store, HandedOver handedOver, Retry retry) {
        return new ReplyIntake(reader, hearing, store, handedOver, retry);
    }

    @Produces
    @Singleton
    TakeOverLoop takeOver(HandedOver handedOver, ReplyIntake intake, SagaConfig config) {
        return new TakeOverLoop(handedOver, intake, config.takeOverPoll());
    }

    @Produces
    @Singleton
    TimerLoop timers(Migrations migrations, MigrationStore store, Clock clock, SagaConfig config) {
        return new TimerLoop(migrations, store, clock, config.timerPoll());
    }

    @Produces
    @Singleton
    Limits limits(LimitsConfig config, ConnectionsConfig connections) {
        return LimitsReader.read(config, connections);
    }

    @Produces
    @Singleton
    Granting granting(Migrations migrations, MigrationStore store, Limits limits) {
        return new Granting(migrations, store, limits);
    }

    @Produces
    @Singleton
    GrantLoop grants(Granting granting, LimitsConfig config) {
        return new GrantLoop(granting, config.poll());
    }

    @Produces
    @Singleton
    SpecReader specReader(ConnectionsConfig config, Clock clock) {
        return new SpecReader(new KnownConnections(config.clusters(), config.storages(), config.zones()), clock);
    }

    @Produces
    @Singleton
    Access access(AuthConfig config) {
        return AccessReader.read(config);
    }

    @Produces
    @Singleton
    ConnectionBoard connectionBoard(Clock clock) {
        return new ConnectionBoard(clock);
    }

    @Produces
    @Singleton
    ConnectionJudge connectionJudge(ConnectionsConfig config) {
        return new ConnectionJudge(Map.of(
                ConnectionKind.CLUSTER, config.clusters(),
                ConnectionKind.STORAGE, config.storages(),
                ConnectionKind.ZONE, config.zones()));
    }

    /** Who gets in is asked for so that a wrong file or key stops the start, not the first request. */
    void start(
            @Observes StartupEvent event,
            Access access,
            TimerLoop timers,
            GrantLoop grants,
            TakeOverLoop takeOver,
            ForgetLoop forget,
            WebhookLoops webhooks,
            Vitals vitals) {
        webhooks.start();
        timers.start();
        grants.start();
        takeOver.start();
        forget.start();
        vitals.watch("saga-timers", timers::isAlive);
        vitals.watch("saga-slots", grants::isAlive);
        vitals.watch("saga-take-over", takeOver::isAlive);
    }

    void stop(
            @Observes ShutdownEvent event,
            TimerLoop timers,
            GrantLoop grants,
            TakeOverLoop takeOver,
            ForgetLoop forget,
            WebhookLoops webhooks,
            ChangeBell bell) {
        bell.close();
        webhooks.stop();
        timers.stop();
        grants.stop();
        takeOver.stop();
        forget.stop();
    }
}
