package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import java.time.Instant;

/**
 * How far one step has come in one direction. A step has two runs: forward, and back.
 *
 * <pre>
 *   NotStarted ──sent──▶ InFlight ──succeeded──▶ Succeeded
 *                         ▲ ▲ │ │
 *                    sent │ │ │ └──cancelled──▶ Cancelling ──▶ Succeeded | Failed
 *                         │ │ ├──retryAt──▶ AwaitingRetry ──givenUp──▶ Failed
 *                         └─┼─┼──────────────────┘ │
 *                     again │ └──failed──▶ Failed ◀┘
 *                           └─────────────────┘ │
 *       NotStarted | AwaitingRetry | Failed ────┴──skipped──▶ Skipped
 *                      NotStarted | Failed ──queued──▶ Queued ──sent──▶ InFlight
 * </pre>
 */
public sealed interface Run {
    Run NOT_STARTED = new NotStarted();

    /** Nothing is under way, and a first attempt of a round may be sent. */
    sealed interface Sendable extends Run {
        InFlight sent(Instant now);

        default Queued queued(Instant now) {
            return new Queued(this, now);
        }
    }

    /** No command was ever sent. */
    record NotStarted() implements Sendable {
        @Override
        public InFlight sent(Instant now) {
            return new InFlight(1, now, now, 0, 0);
        }

        Skipped skipped(Instant now, String by, String reason) {
            return new Skipped(0, now, now, by, reason);
        }
    }

    /**
     * Its command is to be sent when its turn has come.
     *
     * @param was what it was before, and is again when the migration is taken back meanwhile
     */
    record Queued(Sendable was, Instant since) implements Run {
        InFlight sent(Instant now) {
            return was.sent(now);
        }

        Skipped skipped(Instant now, String by, String reason) {
            return switch (was) {
                case NotStarted run -> run.skipped(now, by, reason);
                case Failed run -> run.skipped(now, by, reason);
            };
        }
    }

    /** A command was sent and its answer is awaited. */
    sealed interface Flying extends Run {
        int attempt();

        Instant sentAt();

        /** Probes that have had no answer. */
        int unheard();

        /** Whether so many have had none that the public was told. */
        default boolean isSilent() {
            return unheard() > Alarms.SILENCE;
        }

        Flying probed();

        Flying heard();
    }

    /**
     * The command was sent and not answered yet.
     *
     * @param attempt counts from 1
     * @param startedAt when the first attempt was sent
     * @param sentAt when this attempt was sent
     * @param earlier attempts of earlier rounds; a person who asks for another try begins a new round
     * @param unheard probes that have had no answer
     */
    record InFlight(int attempt, Instant startedAt, Instant sentAt, int earlier, int unheard) implements Flying {
        Succeeded succeeded(Reply reply, Instant now) {
            return new Succeeded(attempt, startedAt, now, reply);
        }

        AwaitingRetry retryAt(Instant dueAt, Rejected failure) {
            return new AwaitingRetry(attempt + 1, startedAt, dueAt, failure, earlier);
        }

        Failed failed(Rejected failure, Instant now) {
            return new Failed(attempt, startedAt, now, failure);
        }

        /** The attempt was never made. */
        Failed unsent(Rejected failure, Instant now) {
            return new Failed(attempt - 1, startedAt, now, failure);
        }

        Cancelling cancelled() {
            return new Cancelling(attempt, startedAt, sentAt, 0);
        }

        @Override
        public InFlight probed() {
            return new InFlight(attempt, startedAt, sentAt, earlier, unheard + 1);
        }

        @Override
        public InFlight heard() {
            return new InFlight(attempt, startedAt, sentAt, earlier, 0);
        }

        /** Which attempt of its round this is, from 1. */
        int attemptOfRound() {
            return attempt - earlier;
        }
    }

    /**
     * The command was withdrawn; its answer is still awaited, since it may have had effects.
     *
     * @param unheard probes that have had no answer
     */
    record Cancelling(int attempt, Instant startedAt, Instant sentAt, int unheard) implements Flying {
        public Cancelling {
            // States that were saved before this was kept have none.
            sentAt = sentAt == null ? startedAt : sentAt;
        }

        Succeeded succeeded(Reply reply, Instant now) {
            return new Succeeded(attempt, startedAt, now, reply);
        }

        Failed failed(Rejected failure, Instant now) {
            return new Failed(attempt, startedAt, now, failure);
        }

        @Override
        public Cancelling probed() {
            return new Cancelling(attempt, startedAt, sentAt, unheard + 1);
        }

        @Override
        public Cancelling heard() {
            return new Cancelling(attempt, startedAt, sentAt, 0);
        }
    }

    /**
     * An attempt failed for a reason that may go away.
     *
     * @param attempt the attempt to come
     * @param dueAt when it is sent
     * @param last why the former attempt failed
     * @param earlier attempts of earlier rounds
     */
    record AwaitingRetry(int attempt, Instant startedAt, Instant dueAt, Rejected last, int earlier) implements Run {
        InFlight sent(Instant now) {
            return new InFlight(attempt, startedAt, now, earlier, 0);
        }

        Failed givenUp(Instant now) {
            return new Failed(attempt - 1, startedAt, now, last);
        }

        Skipped skipped(Instant now, String by, String reason) {
            return new Skipped(attempt - 1, startedAt, now, by, reason);
        }
    }

    /** @param attempts how many were sent */
    record Succeeded(int attempts, Instant startedAt, Instant endedAt, Reply reply) implements Run {}

    /**
     * Failed for good, unless a person asks for another try.
     *
     * @param attempts how many were sent
     */
    record Failed(int attempts, Instant startedAt, Instant endedAt, Rejected failure) implements Sendable {
        /** Another round of attempts. */
        @Override
        public InFlight sent(Instant now) {
            return new InFlight(attempts + 1, startedAt, now, attempts, 0);
        }

        Skipped skipped(Instant now, String by, String reason) {
            return new Skipped(attempts, startedAt, now, by, reason);
        }
    }

    /**
     * A person said that it is to be passed over.
     *
     * @param attempts how many were sent
     */
    record Skipped(int attempts, Instant startedAt, Instant endedAt, String by, String reason) implements Run {}

    /** Whether a command went out, so that it may have had effects. */
    default boolean everSent() {
        return switch (this) {
            case NotStarted _ -> false;
            case Queued queued -> queued.was().everSent();
            case Skipped skipped -> skipped.attempts() > 0;
            case InFlight _, Cancelling _, AwaitingRetry _, Succeeded _, Failed _ -> true;
        };
    }

    /** Whether nothing more will happen to it by itself. */
    default boolean ended() {
        return switch (this) {
            case NotStarted _, Queued _, InFlight _, Cancelling _, AwaitingRetry _ -> false;
            case Succeeded _, Failed _, Skipped _ -> true;
        };
    }
}
