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

        Missed missed(Instant now) {
            return new Missed(since, now);
        }

        Skipped skipped(Instant now, String by, String reason) {
            return new Skipped(since, now, by, reason);
        }

        Withdrawn withdrawn(Instant now) {
            return new Withdrawn(since, now);
        }
    }

    record Elapsed(Instant since, Instant at) implements TimerState {}

    /** It was too late when the saga could have gone on. */
    record Missed(Instant since, Instant at) implements TimerState {}

    /** A person said that it is to be passed over. */
    record Skipped(Instant since, Instant at, String by, String reason) implements TimerState {}

    /** The migration was taken back while the saga waited. */
    record Withdrawn(Instant since, Instant at) implements TimerState {}
}
