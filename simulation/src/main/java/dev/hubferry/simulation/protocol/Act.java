package dev.hubferry.simulation.protocol;

import dev.hubferry.contracts.Reply;

/** One small piece of a use case: between two of them everything may happen, and after a takeover all are done again. */
@FunctionalInterface
public interface Act {
    Next apply(Access access);

    /** What follows an act. */
    sealed interface Next {
        Next ONWARD = new Onward();

        /** The next act. */
        record Onward() implements Next {}

        /** The same act again, after a while. */
        record Again(long millis) implements Next {}

        /** The command is answered. */
        record Done(Reply reply) implements Next {}
    }

    static Next done(Reply reply) {
        return new Next.Done(reply);
    }

    /** A write to the outside. */
    static Act write(Runnable change) {
        return access -> {
            access.requireCurrent();
            change.run();
            return Next.ONWARD;
        };
    }

    /** Answers the same whatever it finds. */
    static Act answer(Reply reply) {
        Next done = new Next.Done(reply);
        return _ -> done;
    }
}
