package dev.hubferry.orchestrator.metrics;

import dev.hubferry.messaging.Figures;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.adapter.postgres.PostgresCensus;
import dev.hubferry.orchestrator.saga.Granting;
import dev.hubferry.orchestrator.saga.SagaDefinitions;
import dev.hubferry.orchestrator.saga.engine.Node.Approval;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.stream.Collectors;

/** Puts the parts together. */
@Dependent
class MetricsBeans {
    @Produces
    @Singleton
    SagaMeters sagaMeters(MeterRegistry registry) {
        return new SagaMeters(registry);
    }

    @Produces
    @Singleton
    TurnLog turnLog() {
        return new TurnLog();
    }

    @Produces
    @Singleton
    MigrationFigures migrationFigures(
            Transactions transactions, SagaDefinitions definitions, Clock clock, Figures figures) {
        var gates = definitions.ids().stream()
                .flatMap(id -> definitions.byId(id).gates())
                .map(Approval::gate)
                .collect(Collectors.toSet());
        return new MigrationFigures(new PostgresCensus(transactions, definitions.ids()), gates, clock, figures);
    }

    @Produces
    @Singleton
    QueueFigures queueFigures(Granting granting, Clock clock, Figures figures) {
        return new QueueFigures(granting::queue, clock, figures);
    }
}
