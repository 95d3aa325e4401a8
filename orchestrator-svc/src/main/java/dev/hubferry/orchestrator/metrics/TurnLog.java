package dev.hubferry.orchestrator.metrics;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationEvent.ApprovalAnswered;
import dev.hubferry.contracts.MigrationEvent.ApprovalAwaited;
import dev.hubferry.contracts.MigrationEvent.CompensationStarted;
import dev.hubferry.contracts.MigrationEvent.MigrationCompleted;
import dev.hubferry.contracts.MigrationEvent.MigrationParked;
import dev.hubferry.contracts.MigrationEvent.MigrationRolledBack;
import dev.hubferry.contracts.MigrationEvent.PivotPassed;
import dev.hubferry.contracts.MigrationEvent.StepFailed;
import dev.hubferry.contracts.MigrationEvent.StepStarted;
import dev.hubferry.contracts.MigrationEvent.StepSucceeded;
import dev.hubferry.contracts.MigrationEvent.StepUnanswered;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.messaging.LogKeys;
import dev.hubferry.orchestrator.saga.PlanHub;
import dev.hubferry.orchestrator.saga.engine.Decision.Advance;
import dev.hubferry.trace.TraceParent;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/** A line for what happened to a migration, when it stands, under the keys of the migration and the step. Dry runs have none. */
public final class TurnLog {
    private static final Logger LOG = Logger.getLogger(TurnLog.class);

    /** @param what the same words each time, and what differs behind them */
    private record Line(Level level, Optional<StepRef> step, String what) {}

    /** To be called after the commit. @param trace of the migration */
    public void advanced(Advance advance, Optional<TraceParent> trace) {
        if (PlanHub.isIdOfPlan(advance.state().subject().definition())) {
            return;
        }
        MigrationId migration = advance.state().subject().migration();
        for (MigrationEvent event : advance.events()) {
            line(event).ifPresent(line -> {
                try (LogKeys _ = LogKeys.put(migration, line.step()).in(trace)) {
                    LOG.log(line.level(), line.what());
                }
            });
        }
    }

    private static Optional<Line> line(MigrationEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case StepStarted(var step, var direction, int attempt) ->
                        new Line(
                                Level.DEBUG,
                                ref(step, direction, attempt),
                                "step started: direction=" + direction.wireName());
                    case StepSucceeded(var step, var direction, int attempt, var _) ->
                        new Line(
                                Level.DEBUG,
                                ref(step, direction, attempt),
                                "step succeeded: direction=" + direction.wireName());
                    case StepFailed failed ->
                        new Line(
                                Level.INFO,
                                ref(failed.step(), failed.direction(), failed.attempt()),
                                "step failed: direction=%s, code=%s, detail=%s"
                                        .formatted(failed.direction().wireName(), failed.code(), failed.detail()));
                    case StepUnanswered(var step, var direction, int attempt, var since) ->
                        new Line(
                                Level.WARN,
                                ref(step, direction, attempt),
                                "step unanswered: direction=%s, since=%s".formatted(direction.wireName(), since));
                    case ApprovalAwaited awaited -> about("gate waits: gate=" + awaited.gate());
                    case ApprovalAnswered answered ->
                        about("gate answered: gate=%s, approved=%s".formatted(answered.gate(), answered.approved()));
                    case PivotPassed _ -> about("pivot passed");
                    case CompensationStarted(String cause) -> about("taken back: cause=" + cause);
                    case MigrationParked(var _, var _, String cause) ->
                        new Line(Level.ERROR, Optional.empty(), "migration parked: cause=" + cause);
                    case MigrationCompleted() -> about("migration completed");
                    case MigrationRolledBack(String cause) -> about("migration rolled back: cause=" + cause);
                    case MigrationEvent _ -> null;
                });
    }

    private static Line about(String what) {
        return new Line(Level.INFO, Optional.empty(), what);
    }

    private static Optional<StepRef> ref(String step, StepRef.Direction direction, int attempt) {
        return Optional.of(new StepRef(step, direction, attempt));
    }
}
