package dev.hubferry.orchestrator.webhook;

import dev.hubferry.orchestrator.webhook.WebhookStore.Claim;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Delivers to one webhook, a few events at once and never two of a migration. Any number of replicas may run it; a webhook that hangs keeps
 * its own threads waiting, and nobody else.
 */
public final class WebhookLoop {
    private static final Logger LOG = Logger.getLogger(WebhookLoop.class);

    private final Webhook webhook;
    private final Delivering delivering;
    private final Duration poll;
    private final Semaphore free;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    // Threads of the platform: looking up a name blocks one, and virtual ones would take those with them that all
    // others run on.
    private final ThreadPoolExecutor senders;

    /**
     * @param atOnce how many requests may be under way
     * @param poll how often to look for what other replicas have added, or what is due again
     */
    public WebhookLoop(Webhook webhook, Delivering delivering, int atOnce, Duration poll) {
        this.webhook = webhook;
        this.delivering = delivering;
        this.poll = poll;
        this.free = new Semaphore(atOnce);
        this.thread =
                Thread.ofPlatform().daemon().name("webhook-" + webhook.name()).unstarted(this::run);
        this.senders = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform()
                        .daemon()
                        .name("webhook-" + webhook.name() + "-", 0)
                        .factory());
        senders.allowCoreThreadTimeOut(true);
    }

    public void start() {
        thread.start();
    }

    /** What is being sent is given back, soon: {@link #awaitEnd}. */
    public void stop() {
        thread.interrupt();
        var unused = senders.shutdownNow();
    }

    /** Waits for what was begun, though not for the look-up of a name, which nothing interrupts. */
    public void awaitEnd(Duration longest) throws InterruptedException {
        var unused = senders.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** There may be something to send. */
    public void wake() {
        wake.release();
    }

    private void run() {
        try {
            while (true) {
                free.acquire();
                Optional<Claim> claim = next();
                if (claim.isPresent()) {
                    senders.execute(() -> send(claim.get()));
                } else {
                    free.release();
                    if (wake.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS)) {
                        wake.drainPermits();
                    }
                }
            }
        } catch (InterruptedException | RejectedExecutionException e) {
            LOG.debugf("deliveries stop: webhook=%s", webhook.name());
        }
    }

    /** Whatever is thrown, an Error too: without this thread the webhook would get nothing more, and nobody would notice. */
    private Optional<Claim> next() {
        try {
            return delivering.next(webhook);
        } catch (RuntimeException | Error e) {
            LOG.warnf(e, "what is to be sent cannot be read, will try again: webhook=%s", webhook.name());
            return Optional.empty();
        }
    }

    private void send(Claim claim) {
        try {
            delivering.deliver(webhook, claim);
        } catch (InterruptedException e) {
            LOG.debugf("a delivery is given back: webhook=%s", webhook.name());
        } catch (RuntimeException | Error e) {
            // Nobody else sends it before the lease is over.
            LOG.warnf(
                    e,
                    "a delivery could not be written down: webhook=%s, event=%s",
                    webhook.name(),
                    claim.event().id());
        } finally {
            free.release();
            wake();
        }
    }
}
