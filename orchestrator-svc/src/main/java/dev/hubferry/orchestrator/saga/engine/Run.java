package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import java.time.Instant;

/**
 * How far one step has come in one direction. A step has two runs: forward, and back.
 *
 * <pre>
 *   NotStarted ──sent──▶ InFlight ──succeeded──▶ Succeeded
 *                         ▲   │ │
 *                    sent │   │ └──cancelled──▶ Cancelling ──▶ Succeeded | Failed
 *                         │   ├──retryAt──▶ AwaitingRetry ──givenUp──▶ Failed
 *                         └───┼──────────────────┘
 *                             └──failed──▶ Failed
 * </pre>
 */
public sealed interface Run {
    Run NOT_STARTED = new NotStarted();

    /** No command was ever sent. */
    record NotStarted() implements Run {
        InFlight sent(Instant now) {
            return new InFlight(1, now, now);
        }
    }

    /**
     * The command was sent and not answered yet.
     *
     * @param attempt counts from 1
     * @param startedAt when the first attempt was sent
     * @param sentAt when this attempt was sent
     */
    record InFlight(int attempt, Instant startedAt, Instant sentAt) implements Run {
        Succeeded succeeded(Reply reply, Instant now) {
            return new Succeeded(attempt, startedAt, now, reply);
        }

        AwaitingRetry retryAt(Instant dueAt, Rejected failure) {
            return new AwaitingRetry(attempt + 1, startedAt, dueAt, failure);
        }

        Failed failed(Rejected failure, Instant now) {
            return new Failed(attempt, startedAt, now, failure);
        }

        Cancelling cancelled() {
            return new Cancelling(attempt, startedAt);
        }
    }

    /** The command was withdrawn; its answer is still awaited, since it may have had effects. */
    record Cancelling(int attempt, Instant startedAt) implements Run {
        Succeeded succeeded(Reply reply, Instant now) {
            return new Succeeded(attempt, startedAt, now, reply);
        }

        Failed failed(Rejected failure, Instant now) {
            return new Failed(attempt, startedAt, now, failure);
        }
    }

    /**
     * An attempt failed for a reason that may go away.
     *
     * @param attempt the attempt to come
     * @param dueAt when it is sent
     * @param last why the former attempt failed
     */
    record AwaitingRetry(int attempt, Instant startedAt, Instant dueAt, Rejected last) implements Run {
        InFlight sent(Instant now) {
            return new InFlight(attempt, startedAt, now);
        }

        Failed givenUp(Instant now) {
            return new Failed(attempt - 1, startedAt, now, last);
        }
    }

    /** @param attempts how many were sent */
    record Succeeded(int attempts, Instant startedAt, Instant endedAt, Reply reply) implements Run {}

    /**
     * Failed for good.
     *
     * @param attempts how many were sent
     */
    record Failed(int attempts, Instant startedAt, Instant endedAt, Rejected failure) implements Run {}

    /** Whether a command went out, so that it may have had effects. */
    default boolean everSent() {
        return switch (this) {
            case NotStarted _ -> false;
            case InFlight _, Cancelling _, AwaitingRetry _, Succeeded _, Failed _ -> true;
        };
    }

    /** Whether nothing more will happen to it by itself. */
    default boolean ended() {
        return switch (this) {
            case NotStarted _, InFlight _, Cancelling _, AwaitingRetry _ -> false;
            case Succeeded _, Failed _ -> true;
        };
    }
}
