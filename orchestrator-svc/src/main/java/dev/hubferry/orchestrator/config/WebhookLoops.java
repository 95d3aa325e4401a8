package dev.hubferry.orchestrator.config;

import dev.hubferry.orchestrator.webhook.KeepLoop;
import dev.hubferry.orchestrator.webhook.WebhookLoop;
import java.time.Duration;
import java.util.List;

/** All that runs for webhooks. */
final class WebhookLoops {
    /** To give back what is being sent, while the database is still there. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(2);

    private final KeepLoop keep;
    private final List<WebhookLoop> loops;

    WebhookLoops(KeepLoop keep, List<WebhookLoop> loops) {
        this.keep = keep;
        this.loops = List.copyOf(loops);
    }

    void start() {
        keep.start();
        loops.forEach(WebhookLoop::start);
    }

    void stop() {
        keep.stop();
        loops.forEach(WebhookLoop::stop);
        try {
            for (WebhookLoop loop : loops) {
                loop.awaitEnd(STOP_GRACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Events were added. */
    void wake() {
        loops.forEach(WebhookLoop::wake);
    }
}
