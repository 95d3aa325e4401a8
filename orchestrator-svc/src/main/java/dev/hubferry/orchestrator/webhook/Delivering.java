package dev.hubferry.orchestrator.webhook;

import dev.hubferry.orchestrator.webhook.WebhookSender.Answer;
import dev.hubferry.orchestrator.webhook.WebhookStore.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jboss.logging.Logger;

/** Sends one event to one webhook, and writes down what became of it. */
public final class Delivering {
    private static final Logger LOG = Logger.getLogger(Delivering.class);

    private final WebhookStore store;
    private final WebhookSender sender;
    private final RetryTimes times;
    private final Duration leaseMargin;
    private final String source;
    private final Clock clock;
    private final DoubleSupplier random;

    /**
     * @param leaseMargin how much longer than a request may take an event belongs to the replica that sends it
     * @param source {@code ce_source} of what the orchestrator says
     * @param random numbers from 0 to 1
     */
    public Delivering(
            WebhookStore store,
            WebhookSender sender,
            RetryTimes times,
            Duration leaseMargin,
            String source,
            Clock clock,
            DoubleSupplier random) {
        this.store = store;
        this.sender = sender;
        this.times = times;
        this.leaseMargin = leaseMargin;
        this.source = source;
        this.clock = clock;
        this.random = random;
    }

    /** What is due and free, if anything is. */
    Optional<Claim> next(Webhook webhook) {
        return store.claim(webhook, clock.instant(), webhook.timeout().plus(leaseMargin));
    }

    /** Sends what was claimed; when this process stops meanwhile, another one may have it at once. */
    void deliver(Webhook webhook, Claim claim) throws InterruptedException {
        WebhookEvent event = claim.event();
        try {
            Posting posting = Posting.signed(webhook, event.id(), event.json(source), clock.instant());
            ended(webhook, claim, sender.send(webhook, posting));
        } catch (InterruptedException e) {
            store.giveBack(claim);
            throw e;
        }
    }

    private void ended(Webhook webhook, Claim claim, Answer answer) {
        Instant now = clock.instant();
        boolean ours = switch (answer) {
            case Answer.Taken _ -> store.delivered(claim, now);
            case Answer.Gone(String reason) -> died(webhook, claim, reason, now);
            case Answer.Failed failed
            when times.isOver(claim.failingSince().orElse(now), claim.event().at(), now) ->
                died(webhook, claim, failed.reason(), now);
            case Answer.Failed failed -> failed(webhook, claim, failed, now);
        };
        if (!ours) {
            LOG.debugf(
                    "somebody else sends it by now: webhook=%s, event=%s",
                    webhook.name(), claim.event().id());
        }
    }

    private boolean failed(Webhook webhook, Claim claim, Answer.Failed failed, Instant now) {
        Duration delay = failed.retryAfter()
                .map(times::bounded)
                .orElseGet(() -> times.after(claim.attempts() + 1, random.getAsDouble()));
        // Once for a migration that gets stuck: the receiver is not told of in each attempt of a long night.
        LOG.logf(
                claim.failingSince().isEmpty() ? Logger.Level.WARN : Logger.Level.DEBUG,
                "an event was not taken, and is sent again: webhook=%s, event=%s, attempt=%d, in=%s: %s",
                webhook.name(),
                claim.event().id(),
                claim.attempts() + 1,
                delay,
                failed.reason());
        return store.failed(claim, failed.reason(), now, now.plus(delay));
    }

    private boolean died(Webhook webhook, Claim claim, String reason, Instant now) {
        boolean ours = store.died(claim, reason, now);
        if (ours) {
            LOG.errorf(
                    "an event goes to the dead letters of its webhook: webhook=%s, event=%s, attempts=%d: %s",
                    webhook.name(), claim.event().id(), claim.attempts() + 1, reason);
        }
        return ours;
    }
}
