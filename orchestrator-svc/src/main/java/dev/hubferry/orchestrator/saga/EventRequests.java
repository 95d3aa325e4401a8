package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.MigrationStore.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/**
 * Requests that came by event: each is carried out and answered in one transaction, once for an id however often it comes. Whatever comes
 * again is answered as the first time, also what was refused then, so that nobody can have it take effect later by sending it again.
 */
public final class EventRequests {
    /** Longer than a request is good for, so that none can come again when it is forgotten. */
    private static final Duration RETENTION = Duration.ofDays(7);

    private final MigrationStore store;
    private final Clock clock;

    public EventRequests(MigrationStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What became of a request. */
    public enum Outcome {
        ANSWERED,
        /** It was answered before, and the same was said again. */
        REPEATED,
        /** Another request of the same requester has the id; nothing was said, lest its asker takes it for the answer. */
        ID_REUSED
    }

    /** A plan that was asked for, and by which request. */
    public record OpenPlan(EventRequest request, MigrationId plan) {}

    /** @param work what is to be done, and the answer; is not asked when the request was answered before */
    @Failpoint("saga.event-request")
    public Outcome once(EventRequest request, Function<Transaction, EventAnswer> work) {
        return store.inTransaction(tx -> {
            tx.serializeRequest(request);
            Optional<Answered> before = tx.findAnswer(request.requester(), request.id());
            if (before.isPresent()) {
                return again(tx, request, before.get());
            }
            EventAnswer answer = work.apply(tx);
            Instant now = now();
            tx.keepAnswer(request, answer, now);
            tx.answer(request, answer, now);
            return Outcome.ANSWERED;
        });
    }

    /** What was answered to a request, and when. */
    public record Answered(String bodyHash, EventAnswer answer, Instant at) {}

    private static Outcome again(Transaction tx, EventRequest request, Answered before) {
        if (!before.bodyHash().equals(request.bodyHash())) {
            return Outcome.ID_REUSED;
        }
        tx.answer(request, before.answer(), before.at());
        return Outcome.REPEATED;
    }

    /**
     * Says the verdict of one plan that has ended since somebody asked for it.
     *
     * @return false when there is none
     */
    @Failpoint("saga.plan-ready")
    public boolean tellPlan(Function<OpenPlan, EventAnswer> verdict) {
        return store.inTransaction(tx -> {
            Optional<OpenPlan> ended = tx.lockEndedPlan();
            ended.ifPresent(plan -> {
                tx.closePlan(plan.request());
                tx.answer(plan.request(), verdict.apply(plan), now());
            });
            return ended.isPresent();
        });
    }

    /** Forgets what is so old that it cannot come again. */
    @Failpoint("saga.forget-requests")
    public int forget(int limit) {
        return store.inTransaction(tx -> tx.forgetAnswers(now().minus(RETENTION), limit));
    }

    /** As fine as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
