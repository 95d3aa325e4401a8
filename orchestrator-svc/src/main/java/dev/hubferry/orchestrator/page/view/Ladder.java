package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.api.view.PlanView;
import dev.hubferry.orchestrator.api.view.PlannedSteps;
import dev.hubferry.orchestrator.api.view.QueuedView;
import dev.hubferry.orchestrator.api.view.StepView;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.plan.Figures;
import dev.hubferry.orchestrator.saga.plan.Sentence.WayBack;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the rows of the ladder from what REST says of them and from the sentences of the plan. */
final class Ladder {
    private final SagaDefinition definition;
    private final SagaState state;
    private final List<StepView> steps;
    private final Map<String, PlanView.Step> sentences;
    private final Forms forms;

    Ladder(
            SagaDefinition definition,
            SagaState state,
            List<StepView> steps,
            List<PlanView.Step> sentences,
            Forms forms) {
        this.definition = definition;
        this.state = state;
        this.steps = steps;
        this.sentences = sentences.stream().collect(Collectors.toMap(PlanView.Step::name, Function.identity()));
        this.forms = forms;
    }

    /** A part of the saga. */
    public record Phase(String name, List<Row> rows) {
        /** How many of its rows are behind it. */
        public long done() {
            return rows.stream()
                    .map(row -> row.run().badge().word())
                    .filter(word -> word.equals("succeeded") || word.equals("skipped"))
                    .count();
        }

        public boolean isDone() {
            return done() == rows.size();
        }
    }

    List<Phase> phases() {
        return definition.phases().stream()
                .map(phase -> new Phase(
                        phase.name(),
                        steps.stream()
                                .filter(step -> step.phase().equals(phase.name()))
                                .map(this::row)
                                .toList()))
                .toList();
    }

    private Row row(StepView step) {
        PlanView.Step sentence = sentence(step.name());
        Direction parkedAt =
                state instanceof SagaState.Parked parked && parked.step().equals(step.name())
                        ? parked.direction()
                        : Direction.DO;
        return new Row(
                step.name(),
                step.kind(),
                sentence.by(),
                sentence.does(),
                sentence.hubDown(),
                sentence.users(),
                forward(step),
                step.until().map(Moment::new),
                step.queued().map(Ladder::queue).orElse(List.of()),
                step.kind() == StepView.Kind.APPROVAL && step.state() == StepView.State.WAITING,
                advice(step, parkedAt),
                forms.ofRow(step.name()),
                undo(step, sentence));
    }

    private PlanView.Step sentence(String row) {
        return Optional.ofNullable(sentences.get(row))
                .orElseThrow(() -> new IllegalArgumentException(row + " is no row of " + definition.id()));
    }

    private Optional<Advice> advice(StepView step, Direction direction) {
        if (!(state instanceof SagaState.Parked parked) || !parked.step().equals(step.name())) {
            return Optional.empty();
        }
        Optional<ErrorCode> code = step.failure().map(StepView.Failure::code);
        boolean down = definition.inDowntime(state.ledger());
        return Optional.of(
                Advice.of(step.name(), direction, code, down, !PlannedSteps.isBeforePivot(definition, step.name())));
    }

    private Row.Attempts forward(StepView step) {
        return new Row.Attempts(
                Badge.of(step.state()),
                step.attempts(),
                step.startedAt().map(Moment::new),
                step.endedAt().map(Moment::new),
                took(step.startedAt(), step.endedAt()),
                step.nextAttemptAt().map(Moment::new),
                step.failure().map(Trouble::of),
                step.skip(),
                step.unansweredProbes().map(probes -> new Row.Unanswered(probes, Advice.UNANSWERED)),
                step.kind() == StepView.Kind.STEP && isUnderWay(step.state())
                        ? Optional.of(Bar.of(step.name(), Direction.DO, step.attempts(), step.progress()))
                        : Optional.empty());
    }

    /** Also of what will be taken back but has not its turn yet. */
    private Optional<Row.Undo> undo(StepView step, PlanView.Step sentence) {
        String does = sentence.undo();
        return step.undo()
                .map(undo -> new Row.Undo(does, back(step.name(), undo)))
                .or(() ->
                        isToBeUndone(step, sentence) ? Optional.of(new Row.Undo(does, notBegun())) : Optional.empty());
    }

    private boolean isToBeUndone(StepView step, PlanView.Step sentence) {
        boolean goesBack = state instanceof SagaState.Compensating
                || state instanceof SagaState.Parked parked && parked.was() instanceof SagaState.Compensating;
        return goesBack
                && sentence.wayBack() == WayBack.UNDONE
                && state.ledger().step(step.name()).forward().everSent();
    }

    private static Row.Attempts notBegun() {
        return new Row.Attempts(
                Badge.of(StepView.State.NOT_STARTED),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Row.Attempts back(String row, StepView.Undo undo) {
        return new Row.Attempts(
                Badge.of(undo.state()),
                undo.attempts(),
                undo.startedAt().map(Moment::new),
                undo.endedAt().map(Moment::new),
                took(undo.startedAt(), undo.endedAt()),
                undo.nextAttemptAt().map(Moment::new),
                undo.failure().map(Trouble::of),
                undo.skip(),
                undo.unansweredProbes().map(probes -> new Row.Unanswered(probes, Advice.UNANSWERED)),
                isUnderWay(undo.state())
                        ? Optional.of(Bar.of(row, Direction.UNDO, undo.attempts(), undo.progress()))
                        : Optional.empty());
    }

    private static boolean isUnderWay(StepView.State state) {
        return state == StepView.State.RUNNING || state == StepView.State.CANCELLING;
    }

    private static Optional<String> took(Optional<Instant> start, Optional<Instant> end) {
        return start.flatMap(from -> end.map(until -> span(Duration.between(from, until))));
    }

    /** As exactly as people want it. */
    static String span(Duration length) {
        return length.compareTo(Duration.ofSeconds(10)) < 0
                ? Figures.time(length.truncatedTo(ChronoUnit.MILLIS))
                : Figures.time(length.truncatedTo(ChronoUnit.SECONDS));
    }

    static List<String> queue(QueuedView queued) {
        List<String> lines = new ArrayList<>();
        for (QueuedView.Need need : queued.needs()) {
            lines.add("number %d in the queue for %s, which %d of at most %d have%s"
                    .formatted(
                            need.position(),
                            need.resource(),
                            need.held(),
                            need.limit(),
                            need.lacking() ? ": this keeps it waiting" : ""));
        }
        return lines;
    }
}
