package dev.hubferry.orchestrator.tracing;

import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationEvent.ApprovalAnswered;
import dev.hubferry.contracts.MigrationEvent.ApprovalExpired;
import dev.hubferry.contracts.MigrationEvent.MigrationCompleted;
import dev.hubferry.contracts.MigrationEvent.MigrationRolledBack;
import dev.hubferry.contracts.MigrationEvent.StepFailed;
import dev.hubferry.contracts.MigrationEvent.StepSucceeded;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.orchestrator.adapter.postgres.Movement;
import dev.hubferry.orchestrator.saga.engine.GateState;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.TimerState;
import dev.hubferry.trace.Told;
import dev.hubferry.trace.TraceParent;
import dev.hubferry.trace.Traces;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Tells of migrations when it stands, each time of what has just ended, with its real beginning: a migration takes days, and a span
 * that is open is lost with its process.
 *
 * <pre>
 *   request (HTTP, or an event)          the migration's place: all else is below
 *     ├─ turn                            what one word made of it
 *     ├─ step, one for each attempt      from the command to the answer; commands name it as their parent
 *     │    ├─ send, run ── calls, send   the outbox, the participant
 *     │    └──────┴─ turn                of the reply
 *     ├─ gate, wait
 *     └─ migration                       at its end
 * </pre>
 */
public final class SagaTraces {
    private static final Logger LOG = Logger.getLogger(SagaTraces.class);

    private final Traces traces;

    public SagaTraces(Traces traces) {
        this.traces = traces;
    }

    /** The place of an attempt's span, for whoever is to be a part of it before it is told. */
    public static TraceParent step(TraceParent migration, MessageId command) {
        return migration.named("step/" + command);
    }

    /** To be called after the commit; never throws, since what stands is not undone by what could not be told. */
    public void advanced(Movement went) {
        try {
            went.trace().ifPresent(root -> tell(root, went));
        } catch (RuntimeException e) {
            LOG.warn("what happened to a migration is missing in its trace", e);
        }
    }

    private void tell(TraceParent root, Movement went) {
        for (MigrationEvent event : went.advance().events()) {
            ended(event, went).map(told -> told.apply(root)).ifPresent(traces::tell);
        }
        turn(root, went);
    }

    private interface Ending {
        Told apply(TraceParent root);
    }

    private Optional<Ending> ended(MigrationEvent event, Movement went) {
        return switch (event) {
            case StepSucceeded(var step, var direction, int attempt, var _) ->
                attempt(new StepRef(step, direction, Math.max(attempt, 1)), Optional.empty(), went)
                        .or(() -> timer(step, went));
            case StepFailed failed ->
                attempt(
                        new StepRef(failed.step(), failed.direction(), Math.max(failed.attempt(), 1)),
                        Optional.of(failed.code().name()),
                        went);
            case ApprovalAnswered answered ->
                gate(answered.gate(), answered.approved() ? "approved" : "rejected", went);
            case ApprovalExpired(String gate) -> gate(gate, "expired", went);
            case MigrationCompleted() -> Optional.of(root -> migration(root, "completed", went));
            case MigrationRolledBack(String _) -> Optional.of(root -> migration(root, "rolled_back", went));
            case MigrationEvent _ -> Optional.empty();
        };
    }

    /** Only of attempts that were sent: nobody is a part of another one. */
    private static Optional<Ending> attempt(StepRef step, Optional<String> failure, Movement went) {
        return went.before()
                .map(before -> before.ledger().step(step.name()).run(step.direction()))
                .filter(run -> run instanceof Run.Flying flying && flying.attempt() == step.attempt())
                .map(run -> root -> {
                    TraceParent own = step(root, MessageId.ofCommand(went.migration(), step));
                    return Told.of(
                                    "step " + step.name(),
                                    Told.Kind.INTERNAL,
                                    root,
                                    ((Run.Flying) run).sentAt(),
                                    went.at())
                            .as(own)
                            .with(facts(went.migration(), step))
                            .with("hubferry.outcome", failure.isEmpty() ? "succeeded" : "failed")
                            .failed(failure);
                });
    }

    private static Map<String, Object> facts(MigrationId migration, StepRef step) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("hubferry.migration", migration.value());
        facts.put("hubferry.step", step.name());
        facts.put("hubferry.direction", step.direction().wireName());
        facts.put("hubferry.attempt", step.attempt());
        return facts;
    }

    private static Optional<Ending> timer(String name, Movement went) {
        return went.before()
                .map(before -> before.ledger().timer(name))
                .filter(TimerState.Waiting.class::isInstance)
                .map(timer -> root -> waited("wait " + name, root, ((TimerState.Waiting) timer).since(), went)
                        .with("hubferry.step", name)
                        .with("hubferry.direction", Direction.DO.wireName()));
    }

    private static Optional<Ending> gate(String name, String outcome, Movement went) {
        return went.before()
                .map(before -> before.ledger().gate(name))
                .filter(GateState.Waiting.class::isInstance)
                .map(gate -> root -> waited("gate " + name, root, ((GateState.Waiting) gate).since(), went)
                        .with("hubferry.gate", name)
                        .with("hubferry.outcome", outcome));
    }

    private static Told waited(String name, TraceParent root, Instant since, Movement went) {
        return Told.of(name, Told.Kind.INTERNAL, root, since, went.at())
                .with("hubferry.migration", went.migration().value());
    }

    private static Told migration(TraceParent root, String outcome, Movement went) {
        return waited("migration", root, went.advance().state().subject().requestedAt(), went)
                .with("hubferry.outcome", outcome);
    }

    /** A part of what brought it about: the reply's run, the request, or, when a time has come or a place is free, of nothing but the migration. */
    private void turn(TraceParent root, Movement went) {
        Optional<TraceParent> reply = reply(went);
        Optional<TraceParent> request = reply.isPresent() ? Optional.empty() : traces.here();
        String cause = reply.isPresent() ? "reply" : request.isPresent() ? "request" : "time";
        TraceParent parent = reply.or(() -> request)
                .filter(place -> place.traceId().equals(root.traceId()))
                .orElse(root);
        Optional<TraceParent> elsewhere =
                request.filter(place -> !place.traceId().equals(root.traceId()));
        traces.tell(Told.of("turn", Told.Kind.INTERNAL, parent, went.begun(), traces.now())
                .with(Map.of(
                        "hubferry.migration", went.migration().value(),
                        "hubferry.cause", cause,
                        "hubferry.events", events(went)))
                .linked(elsewhere));
        if (request.isPresent()) {
            traces.say("hubferry.migration", went.migration().value());
        }
        if (elsewhere.isPresent()) {
            traces.link(root);
        }
    }

    private static Optional<TraceParent> reply(Movement went) {
        return went.advance().events().stream()
                .flatMap(event -> switch (event) {
                    case StepSucceeded(var step, var direction, int attempt, var _)
                    when attempt > 0 -> Optional.of(new StepRef(step, direction, attempt)).stream();
                    case StepFailed failed
                    when failed.attempt() > 0 ->
                        Optional.of(new StepRef(failed.step(), failed.direction(), failed.attempt())).stream();
                    case MigrationEvent _ -> Optional.<StepRef>empty().stream();
                })
                .flatMap(step -> ReplyTraces.replyTo(MessageId.ofCommand(went.migration(), step)).stream())
                .findFirst();
    }

    private static String events(Movement went) {
        return went.advance().events().stream()
                .map(event -> WireTypes.nameOf(event.getClass()))
                .collect(Collectors.joining(" "));
    }
}
