package dev.hubferry.orchestrator.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Says again and again which webhooks there are, and forgets what is over. Any number of replicas may run it at once. */
public final class KeepLoop {
    private static final Logger LOG = Logger.getLogger(KeepLoop.class);

    private final List<String> webhooks;
    private final WebhookStore store;
    private final Clock clock;
    private final Retention retention;
    private final Duration poll;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("webhook-keep").unstarted(this::run);

    /**
     * @param deadLetters how long they are kept
     * @param webhooks how long is kept what waits for a webhook that no replica is configured with any more
     */
    public record Retention(Duration deadLetters, Duration webhooks) {}

    public KeepLoop(List<String> webhooks, WebhookStore store, Clock clock, Retention retention, Duration poll) {
        this.webhooks = List.copyOf(webhooks);
        this.store = store;
        this.clock = clock;
        this.retention = retention;
        this.poll = poll;
    }

    /** Returns when events are kept for every webhook. */
    public void start() {
        register();
        thread.start();
    }

    public void stop() {
        thread.interrupt();
    }

    private void register() {
        if (!webhooks.isEmpty()) {
            store.register(webhooks, clock.instant());
        }
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(poll);
                turn();
            }
        } catch (InterruptedException e) {
            LOG.debug("keeping stops");
        }
    }

    /** Whatever is thrown, an Error too: without this thread other replicas would take our webhooks for removed. */
    void turn() {
        try {
            register();
            Instant now = clock.instant();
            int letters = store.forgetDeadLetters(now.minus(retention.deadLetters()));
            if (letters > 0) {
                LOG.infof("dead letters of webhooks were deleted for their age: %d", letters);
            }
            for (String webhook : store.forgetWebhooks(now.minus(retention.webhooks()))) {
                LOG.warnf(
                        "no replica is configured with a webhook any more, so what waited for it was deleted: webhook=%s",
                        webhook);
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("what is kept of webhooks cannot be looked through, will try again", e);
        }
    }
}
