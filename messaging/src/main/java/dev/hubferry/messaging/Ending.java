package dev.hubferry.messaging;

import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.Reply;
import dev.hubferry.messaging.InboxTable.RunId;
import dev.hubferry.trace.TraceParent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A run that wants to let go of its command with an answer, and what becomes of it. */
final class Ending {
    private final RunId run;
    private final WireMessage answer;
    private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

    /** @throws IllegalArgumentException when the answer is larger than a broker takes */
    Ending(RunId run, Message<Reply> answer, Optional<TraceParent> trace) {
        this.run = run;
        this.answer = Outbox.requireFit(answer).in(trace);
    }

    RunId run() {
        return run;
    }

    WireMessage answer() {
        return answer;
    }

    boolean isSettled() {
        return outcome.isDone();
    }

    /** @param ended false when the command belongs to another run */
    void settle(boolean ended) {
        outcome.complete(ended);
    }

    void fail(Throwable cause) {
        outcome.completeExceptionally(cause);
    }

    /**
     * Whether the command was this run's to end.
     *
     * @throws InterruptedException when the service stopped first
     * @throws DatabaseException when the answer is one that the database does not take
     */
    boolean ended() throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case InterruptedException _ -> throw new InterruptedException("the service stops: end a command");
                case DatabaseException refused -> throw refused;
                case null, default -> throw new IllegalStateException("a command could not be ended", e.getCause());
            }
        }
    }
}
