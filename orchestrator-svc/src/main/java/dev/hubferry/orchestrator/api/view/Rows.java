package dev.hubferry.orchestrator.api.view;

import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.api.view.StepView.Kind;
import dev.hubferry.orchestrator.api.view.StepView.State;
import dev.hubferry.orchestrator.saga.engine.GateState;
import dev.hubferry.orchestrator.saga.engine.Node;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.StepState;
import dev.hubferry.orchestrator.saga.engine.TimerState;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** Makes views of single rows. */
final class Rows {
    private Rows() {}

    static StepView step(
            String phase,
            Node.Step step,
            StepState state,
            BiFunction<String, Direction, Optional<Progress>> progress,
            Optional<QueuedView> queued) {
        RunTimes run = RunTimes.of(state.forward());
        return new StepView(
                step.name(),
                Kind.STEP,
                phase,
                Optional.of(step.participant()),
                run.state(),
                run.attempts(),
                run.startedAt(),
                run.endedAt(),
                run.nextAttemptAt(),
                Optional.empty(),
                run.failure(),
                run.skip(),
                run.unansweredProbes(),
                state.forward().ended() ? Optional.empty() : progress.apply(step.name(), Direction.DO),
                queued.filter(view -> view.step().equals(step.name())),
                undo(step.name(), state.back(), progress));
    }

    static StepView approval(String phase, String gate, GateState state) {
        return switch (state) {
            case GateState.NotAsked _ -> notReached(phase, gate, Kind.APPROVAL);
            case GateState.Waiting s ->
                waiting(
                        phase,
                        gate,
                        Kind.APPROVAL,
                        State.WAITING,
                        s.since(),
                        Optional.empty(),
                        Optional.of(s.expiresAt()));
            case GateState.Approved s -> ended(phase, gate, Kind.APPROVAL, State.SUCCEEDED, s.since(), s.at());
            case GateState.Rejected s -> ended(phase, gate, Kind.APPROVAL, State.REJECTED, s.since(), s.at());
            case GateState.Expired s -> ended(phase, gate, Kind.APPROVAL, State.EXPIRED, s.since(), s.at());
            case GateState.Withdrawn s -> ended(phase, gate, Kind.APPROVAL, State.WITHDRAWN, s.since(), s.at());
        };
    }

    static StepView timer(String phase, String name, TimerState state) {
        return switch (state) {
            case TimerState.NotStarted _ -> notReached(phase, name, Kind.TIMER);
            case TimerState.Waiting s ->
                waiting(phase, name, Kind.TIMER, State.WAITING, s.since(), Optional.empty(), Optional.of(s.until()));
            case TimerState.Elapsed s -> ended(phase, name, Kind.TIMER, State.SUCCEEDED, s.since(), s.at());
            case TimerState.Missed s -> ended(phase, name, Kind.TIMER, State.EXPIRED, s.since(), s.at());
            case TimerState.Skipped s -> skipped(phase, name, s);
            case TimerState.Withdrawn s -> ended(phase, name, Kind.TIMER, State.WITHDRAWN, s.since(), s.at());
        };
    }

    private static Optional<StepView.Undo> undo(
            String name, Run back, BiFunction<String, Direction, Optional<Progress>> progress) {
        if (!back.everSent()) {
            return Optional.empty();
        }
        RunTimes run = RunTimes.of(back);
        return Optional.of(new StepView.Undo(
                run.state(),
                run.attempts(),
                run.startedAt(),
                run.endedAt(),
                run.nextAttemptAt(),
                run.failure(),
                run.skip(),
                run.unansweredProbes(),
                back.ended() ? Optional.empty() : progress.apply(name, Direction.UNDO)));
    }

    private static StepView ended(String phase, String name, Kind kind, State state, Instant since, Instant at) {
        return waiting(phase, name, kind, state, since, Optional.of(at), Optional.empty());
    }

    private static StepView waiting(
            String phase,
            String name,
            Kind kind,
            State state,
            Instant since,
            Optional<Instant> endedAt,
            Optional<Instant> until) {
        return new StepView(
                name,
                kind,
                phase,
                Optional.empty(),
                state,
                1,
                Optional.of(since),
                endedAt,
                Optional.empty(),
                until,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static StepView skipped(String phase, String name, TimerState.Skipped s) {
        return new StepView(
                name,
                Kind.TIMER,
                phase,
                Optional.empty(),
                State.SKIPPED,
                1,
                Optional.of(s.since()),
                Optional.of(s.at()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new StepView.Skip(s.by(), s.reason())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static StepView notReached(String phase, String name, Kind kind) {
        return new StepView(
                name,
                kind,
                phase,
                Optional.empty(),
                State.NOT_STARTED,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
