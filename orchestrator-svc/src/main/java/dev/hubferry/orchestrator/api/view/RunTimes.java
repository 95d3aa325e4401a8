package dev.hubferry.orchestrator.api.view;

import dev.hubferry.orchestrator.saga.engine.Run;
import java.time.Instant;
import java.util.Optional;

/**
 * The figures that every run has, whatever became of it.
 *
 * @param attempts how many were sent
 */
record RunTimes(
        StepView.State state,
        int attempts,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Instant> nextAttemptAt,
        Optional<StepView.Failure> failure,
        Optional<StepView.Skip> skip,
        Optional<Integer> unansweredProbes) {

    static RunTimes of(Run run) {
        return switch (run) {
            case Run.NotStarted _ -> of(StepView.State.NOT_STARTED, 0, Optional.empty(), Optional.empty());
            case Run.Queued r -> {
                RunTimes was = of(r.was());
                yield new RunTimes(
                        StepView.State.QUEUED,
                        was.attempts(),
                        was.startedAt(),
                        Optional.empty(),
                        Optional.empty(),
                        was.failure(),
                        Optional.empty(),
                        Optional.empty());
            }
            case Run.InFlight r -> flying(StepView.State.RUNNING, r.attempt(), r.startedAt(), r.unheard());
            case Run.Cancelling r -> flying(StepView.State.CANCELLING, r.attempt(), r.startedAt(), r.unheard());
            case Run.AwaitingRetry r ->
                new RunTimes(
                        StepView.State.RETRYING,
                        r.attempt() - 1,
                        Optional.of(r.startedAt()),
                        Optional.empty(),
                        Optional.of(r.dueAt()),
                        Optional.of(StepView.Failure.of(r.last())),
                        Optional.empty(),
                        Optional.empty());
            case Run.Succeeded r ->
                of(StepView.State.SUCCEEDED, r.attempts(), Optional.of(r.startedAt()), Optional.of(r.endedAt()));
            case Run.Failed r ->
                new RunTimes(
                        StepView.State.FAILED,
                        r.attempts(),
                        Optional.of(r.startedAt()),
                        Optional.of(r.endedAt()),
                        Optional.empty(),
                        Optional.of(StepView.Failure.of(r.failure())),
                        Optional.empty(),
                        Optional.empty());
            case Run.Skipped r ->
                new RunTimes(
                        StepView.State.SKIPPED,
                        r.attempts(),
                        Optional.of(r.startedAt()),
                        Optional.of(r.endedAt()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new StepView.Skip(r.by(), r.reason())),
                        Optional.empty());
        };
    }

    private static RunTimes flying(StepView.State state, int attempts, Instant startedAt, int unheard) {
        return new RunTimes(
                state,
                attempts,
                Optional.of(startedAt),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                unheard == 0 ? Optional.empty() : Optional.of(unheard));
    }

    private static RunTimes of(
            StepView.State state, int attempts, Optional<Instant> startedAt, Optional<Instant> endedAt) {
        return new RunTimes(
                state,
                attempts,
                startedAt,
                endedAt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
