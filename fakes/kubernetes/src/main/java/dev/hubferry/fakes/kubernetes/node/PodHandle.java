package dev.hubferry.fakes.kubernetes.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What runs for one pod. */
public interface PodHandle {

    /** Asks it to end, as SIGTERM does; the pod vanishes when it has ended or when the grace has passed. */
    void stop(Duration grace);

    /** Ends it now, as SIGKILL does: after this call nothing of it may go on. May come again, and after its end. */
    void kill();

    /** Completes with the exit code when it has ended, by itself or asked to. */
    CompletionStage<Integer> ended();

    /** Something that runs until it is stopped and then ends at once, with exit code 0. */
    static PodHandle untilStopped(Runnable onStop) {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        return new PodHandle() {
            @Override
            public void stop(Duration grace) {
                kill();
            }

            @Override
            public void kill() {
                if (!ended.isDone()) {
                    onStop.run();
                    ended.complete(0);
                }
            }

            @Override
            public CompletionStage<Integer> ended() {
                return ended;
            }
        };
    }
}
