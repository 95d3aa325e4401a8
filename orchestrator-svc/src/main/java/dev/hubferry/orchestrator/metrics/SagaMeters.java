package dev.hubferry.orchestrator.metrics;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationEvent.StepFailed;
import dev.hubferry.contracts.MigrationEvent.StepRetryScheduled;
import dev.hubferry.contracts.MigrationEvent.StepSkipped;
import dev.hubferry.contracts.MigrationEvent.StepSucceeded;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.orchestrator.api.view.FinalPasses;
import dev.hubferry.orchestrator.api.view.Outage;
import dev.hubferry.orchestrator.saga.PlanHub;
import dev.hubferry.orchestrator.saga.engine.Decision.Advance;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** Counts what happens to migrations, when it stands: what was rolled back has not happened. Dry runs are left out. */
public final class SagaMeters {
    private static final Logger LOG = Logger.getLogger(SagaMeters.class);

    /** From 100 ms to nine days, each about three times the one before. */
    private static final Duration[] BUCKETS = IntStream.rangeClosed(-1, 12)
            .mapToObj(power -> Duration.ofMillis(Math.round(Math.pow(3, power) * 1_000 / 10) * 10))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;

    public SagaMeters(MeterRegistry registry) {
        this.registry = registry;
        WireTypes.all().forEach((name, type) -> {
            if (MigrationEvent.class.isAssignableFrom(type)) {
                events(name);
            }
        });
    }

    /** To be called after the commit; never throws, since what stands is not undone by what could not be counted. */
    public void advanced(Advance advance) {
        try {
            if (!PlanHub.isIdOfPlan(advance.state().subject().definition())) {
                advance.events().forEach(event -> count(event, advance.state()));
            }
        } catch (RuntimeException e) {
            LOG.warn("what happened to a migration is missing in the metrics", e);
        }
    }

    private void count(MigrationEvent event, SagaState after) {
        events(WireTypes.nameOf(event.getClass())).increment();
        switch (event) {
            case StepSucceeded(String step, Direction direction, int _, var _) -> succeeded(step, direction, after);
            case StepFailed failed -> failed(failed, after);
            case StepSkipped(String step, Direction direction, String _, String _) -> opened(step, direction, after);
            case StepRetryScheduled(String step, Direction direction, int _, Instant _)
            when after.ledger().step(step).run(direction) instanceof Run.AwaitingRetry run ->
                attempts(
                                "hubferry.step.retries",
                                "Attempts at steps that were put off, by the error before",
                                step,
                                direction,
                                run.last().code().name())
                        .increment();
            case MigrationEvent _ -> {}
        }
    }

    private void succeeded(String step, Direction direction, SagaState after) {
        if (after.ledger().step(step).run(direction) instanceof Run.Succeeded run) {
            took(step, direction, "succeeded", Duration.between(run.startedAt(), run.endedAt()));
        }
        opened(step, direction, after);
        if (step.equals("sync-final") && direction == Direction.DO) {
            finalPass(after);
        }
    }

    private void failed(StepFailed failed, SagaState after) {
        attempts(
                        "hubferry.step.failures",
                        "Attempts at steps that failed, by error",
                        failed.step(),
                        failed.direction(),
                        failed.code().name())
                .increment();
        if (after.ledger().step(failed.step()).run(failed.direction()) instanceof Run.Failed run) {
            took(failed.step(), failed.direction(), "failed", Duration.between(run.startedAt(), run.endedAt()));
        }
    }

    private void took(String step, Direction direction, String outcome, Duration length) {
        Timer.builder("hubferry.step.duration")
                .description(
                        "How long steps took from their first command to their end, retries and waits for a person within")
                .tags("step", step, "direction", direction.wireName(), "outcome", outcome)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(length);
    }

    /** A hub can be reached again: the new one, or the old one. */
    private void opened(String step, Direction direction, SagaState after) {
        boolean moved = step.equals("open-target") && direction == Direction.DO;
        boolean takenBack = step.equals("close-source") && direction == Direction.UNDO;
        if ((moved || takenBack) && Outage.of(after.ledger()) instanceof Outage.Over outage) {
            Timer.builder("hubferry.downtime")
                    .description(
                            "How long hubs were down, counted when they can be reached again: moved, or taken_back")
                    .tag("outcome", moved ? "moved" : "taken_back")
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry)
                    .record(outage.length(outage.until()));
        }
    }

    private void finalPass(SagaState after) {
        FinalPasses.of(after.subject().spec(), after.ledger()).ifPresent(pass -> {
            pass.took()
                    .ifPresent(took -> Timer.builder("hubferry.final.pass")
                            .description("How long final passes over the homes took, by storage-svc's report")
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry)
                            .record(took));
            Counter.builder("hubferry.final.pass.forecasts")
                    .description(
                            "Final passes by whether they took as long as was foretold: held, missed, or none was foretold")
                    .tag(
                            "forecast",
                            pass.asForecast()
                                    .map(held -> held ? "held" : "missed")
                                    .orElse("none"))
                    .register(registry)
                    .increment();
        });
    }

    private Counter events(String type) {
        return Counter.builder("hubferry.events")
                .description("What happened to migrations, by the type of the public event")
                .tag("type", type)
                .register(registry);
    }

    private Counter attempts(String name, String description, String step, Direction direction, String code) {
        return Counter.builder(name)
                .description(description)
                .tags("step", step, "direction", direction.wireName(), "code", code)
                .register(registry);
    }
}
