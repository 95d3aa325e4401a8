package dev.hubferry.orchestrator.saga.engine;

import java.time.Instant;

/** Where a wait of the saga stands. */
public sealed interface TimerState {
    TimerState NOT_STARTED = new NotStarted();

    /** The saga has not come that far. */
    record NotStarted() implements TimerState {
        Waiting started(Instant now, Instant until) {
            return new Waiting(now, until);
        }
    }

    record Waiting(Instant since, Instant until) implements TimerState {
        Elapsed elapsed(Instant now) {
            return new Elapsed(since, now);
        }

        Withdrawn withdrawn(Instant now) {
            return new Withdrawn(since, now);
        }
    }

    record Elapsed(Instant since, Instant at) implements TimerState {}

    /** The migration was taken back while the saga waited. */
    record Withdrawn(Instant since, Instant at) implements TimerState {}
}
