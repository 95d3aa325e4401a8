package dev.hubferry.orchestrator.api.view;

import dev.hubferry.contracts.DbReply;
import dev.hubferry.contracts.DnsReply;
import dev.hubferry.contracts.K8sReply;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.StorageReply;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.engine.GateState;
import dev.hubferry.orchestrator.saga.engine.Hold;
import dev.hubferry.orchestrator.saga.engine.Ledger;
import dev.hubferry.orchestrator.saga.engine.Node;
import dev.hubferry.orchestrator.saga.engine.Outlook;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.Subject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Makes views of a saga's state. */
public final class Views {
    private static final int ACTIVE_SHOWN = 20;

    private Views() {}

    /** @param queued what it waits for, if anything */
    public static MigrationView migration(
            SagaDefinition definition, SagaState state, Instant now, Optional<QueuedView> queued) {
        Subject subject = state.subject();
        String id = subject.migration().value();
        return new MigrationView(
                id,
                subject.spec().name(),
                subject.definition(),
                subject.requestedBy(),
                subject.requestedAt(),
                stateOf(state),
                phase(definition, state),
                definition.pivotPassed(state.ledger()),
                state.priority(),
                pause(definition, state),
                queued,
                waiting(definition, state, now),
                cause(state),
                state instanceof SagaState.Parked parked ? Optional.of(parked.step()) : Optional.empty(),
                endedAt(state),
                subject.spec(),
                links("/api/v1/migrations/" + id));
    }

    /** What can be said of a migration without its definition. */
    public static ListedView notOurs(Kept.NotOurs migration) {
        String id = migration.migration().value();
        return new NotOursView(
                id,
                migration.name(),
                migration.definition(),
                migration.requestedAt(),
                migration.status(),
                "begun by a newer version of Hubferry than this replica: another replica shows all of it",
                links("/api/v1/migrations/" + id));
    }

    /**
     * Every row of the saga, from top to bottom.
     *
     * @param progress what was heard of a step and direction last
     * @param queued what the migration waits for, if anything
     */
    public static List<StepView> steps(
            SagaDefinition definition,
            SagaState state,
            BiFunction<String, Direction, Optional<Progress>> progress,
            Optional<QueuedView> queued) {
        return definition.phases().stream()
                .flatMap(phase -> phase.nodes().stream()
                        .flatMap(node -> rows(phase.name(), node, state.ledger(), progress, queued)))
                .toList();
    }

    public static List<ApprovalView> approvals(SagaDefinition definition, SagaState state, Instant now) {
        return definition
                .gates()
                .map(gate -> approval(definition, gate.gate(), state, now))
                .toList();
    }

    static MigrationView.State stateOf(SagaState state) {
        return switch (state) {
            case SagaState.Running _ -> MigrationView.State.RUNNING;
            case SagaState.Compensating _ -> MigrationView.State.COMPENSATING;
            case SagaState.Completed _ -> MigrationView.State.COMPLETED;
            case SagaState.RolledBack _ -> MigrationView.State.ROLLED_BACK;
            case SagaState.Parked _ -> MigrationView.State.PARKED;
        };
    }

    static Optional<String> cause(SagaState state) {
        return switch (state) {
            case SagaState.Running _, SagaState.Completed _ -> Optional.empty();
            case SagaState.Compensating back -> Optional.of(back.cause());
            case SagaState.RolledBack back -> Optional.of(back.cause());
            case SagaState.Parked parked -> Optional.of(parked.cause());
        };
    }

    static Optional<Instant> endedAt(SagaState state) {
        return switch (state) {
            case SagaState.Running _, SagaState.Compensating _ -> Optional.empty();
            case SagaState.Completed end -> Optional.of(end.at());
            case SagaState.RolledBack end -> Optional.of(end.at());
            case SagaState.Parked end -> Optional.of(end.at());
        };
    }

    private static Map<String, String> links(String self) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", self);
        for (String part : List.of("steps", "approvals", "events", "audit", "report")) {
            links.put(part, self + "/" + part);
        }
        return links;
    }

    /** The phase of the first row that has not ended; on the way back and at the end, of the last one that was reached. */
    private static String phase(SagaDefinition definition, SagaState state) {
        Stream<StepView> rows = steps(definition, state, (_, _) -> Optional.empty(), Optional.empty()).stream();
        return switch (state) {
            case SagaState.Running _ ->
                rows.filter(row -> row.state() != StepView.State.SUCCEEDED && row.state() != StepView.State.SKIPPED)
                        .findFirst()
                        .map(StepView::phase)
                        .orElseThrow();
            case SagaState.Compensating _, SagaState.Completed _, SagaState.RolledBack _, SagaState.Parked _ ->
                rows.filter(row -> row.state() != StepView.State.NOT_STARTED)
                        .reduce((_, last) -> last)
                        .map(StepView::phase)
                        .orElseGet(() -> definition.phases().getFirst().name());
        };
    }

    private static Optional<MigrationView.Pause> pause(SagaDefinition definition, SagaState state) {
        SagaState held = state instanceof SagaState.Parked parked ? parked.was() : state;
        return held instanceof SagaState.Running running && running.hold() instanceof Hold.Paused hold
                ? Optional.of(new MigrationView.Pause(
                        hold.by(), hold.reason(), hold.since(), !definition.inDowntime(state.ledger())))
                : Optional.empty();
    }

    private static Optional<MigrationView.Waiting> waiting(SagaDefinition definition, SagaState state, Instant now) {
        return state.ledger().gates().entrySet().stream()
                .filter(gate -> gate.getValue() instanceof GateState.Waiting)
                .map(gate -> {
                    GateState.Waiting waiting = (GateState.Waiting) gate.getValue();
                    Optional<Outlook> outlook = outlook(definition, gate.getKey(), state, now);
                    return new MigrationView.Waiting(
                            gate.getKey(),
                            waiting.since(),
                            waiting.expiresAt(),
                            outlook.map(Outlook::forecast),
                            outlook.flatMap(Outlook::budget));
                })
                .findFirst();
    }

    /** What a gate foretells, from when it is asked until the hub is closed. */
    private static Optional<Outlook> outlook(SagaDefinition definition, String gate, SagaState state, Instant now) {
        GateState answer = state.ledger().gate(gate);
        boolean matters = answer instanceof GateState.Waiting
                || answer instanceof GateState.Approved && !definition.wasClosed(state.ledger());
        boolean forward = state instanceof SagaState.Running
                || state instanceof SagaState.Parked parked && parked.was() instanceof SagaState.Running;
        return matters && forward
                ? definition
                        .gate(gate)
                        .flatMap(Node.Approval::foresight)
                        .map(foresight -> foresight.outlook(state.subject().spec(), state.ledger(), now))
                : Optional.empty();
    }

    private static Stream<StepView> rows(
            String phase,
            Node node,
            Ledger ledger,
            BiFunction<String, Direction, Optional<Progress>> progress,
            Optional<QueuedView> queued) {
        return switch (node) {
            case Node.Step step -> Stream.of(Rows.step(phase, step, ledger.step(step.name()), progress, queued));
            case Node.Parallel parallel ->
                parallel.steps().stream()
                        .map(step -> Rows.step(phase, step, ledger.step(step.name()), progress, queued));
            case Node.Approval approval ->
                Stream.of(Rows.approval(phase, approval.gate(), ledger.gate(approval.gate())));
            case Node.Timer timer -> Stream.of(Rows.timer(phase, timer.name(), ledger.timer(timer.name())));
        };
    }

    private static ApprovalView approval(SagaDefinition definition, String gate, SagaState state, Instant now) {
        Ledger ledger = state.ledger();
        StepView row = Rows.approval("", gate, ledger.gate(gate));
        Map<String, Reply> found = foundBefore(definition, gate, ledger);
        List<Notice> notices =
                found.values().stream().flatMap(Views::notices).distinct().toList();
        Optional<String> by = Optional.empty();
        Optional<String> comment = Optional.empty();
        Optional<String> overBudget = Optional.empty();
        Optional<Outlook> outlook = outlook(definition, gate, state, now);
        if (ledger.gate(gate) instanceof GateState.Approved yes) {
            by = Optional.of(yes.by());
            comment = Optional.of(yes.comment());
            overBudget = yes.overBudget();
        } else if (ledger.gate(gate) instanceof GateState.Rejected no) {
            by = Optional.of(no.by());
            comment = Optional.of(no.comment());
        }
        return new ApprovalView(
                gate,
                row.state(),
                row.startedAt(),
                row.until(),
                row.endedAt(),
                by,
                comment,
                outlook.map(Outlook::forecast),
                outlook.flatMap(Outlook::budget),
                overBudget,
                notices,
                found);
    }

    private static Map<String, Reply> foundBefore(SagaDefinition definition, String gate, Ledger ledger) {
        Map<String, Reply> found = new LinkedHashMap<>();
        definition.nodes().stream()
                .takeWhile(node -> !(node instanceof Node.Approval approval
                        && approval.gate().equals(gate)))
                .flatMap(SagaDefinition::names)
                .forEach(name -> {
                    if (ledger.step(name).forward() instanceof Run.Succeeded succeeded) {
                        found.put(name, shortened(succeeded.reply()));
                    }
                });
        return found;
    }

    /** Thousands of names of homes tell nobody whether to approve. */
    private static Reply shortened(Reply reply) {
        return reply instanceof K8sReply.SourceChecked checked
                ? new K8sReply.SourceChecked(
                        checked.facts(),
                        checked.activeHomes().stream().limit(ACTIVE_SHOWN).toList())
                : reply;
    }

    static Stream<Notice> noticesOf(Run run) {
        return run instanceof Run.Succeeded succeeded ? notices(succeeded.reply()) : Stream.empty();
    }

    private static Stream<Notice> notices(Reply reply) {
        return switch (reply) {
            case K8sReply.SourceChecked checked -> checked.facts().notices().stream();
            case K8sReply.TargetChecked checked -> checked.facts().notices().stream();
            case StorageReply.HomesChecked checked -> checked.notices().stream();
            case DbReply.DatabaseChecked checked -> checked.notices().stream();
            case DnsReply.ZoneChecked checked -> checked.notices().stream();
            case K8sReply _, StorageReply _, DbReply _, DnsReply _, Rejected _ -> Stream.empty();
        };
    }
}
