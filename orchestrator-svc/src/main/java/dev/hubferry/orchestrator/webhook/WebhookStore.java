package dev.hubferry.orchestrator.webhook;

import dev.hubferry.orchestrator.saga.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What webhooks have still to be sent, and what they did not take; shared by all replicas. */
public interface WebhookStore {
    /** From now on events are kept for these until they have them. Those that were there keep what waits for them. */
    void register(Collection<String> webhooks, Instant now);

    /**
     * The next event that is due, and that nobody else sends until {@code lease} is over: of each migration the first that was neither
     * taken nor given up. Passes over what the webhook does not want.
     */
    Optional<Claim> claim(Webhook webhook, Instant now, Duration lease);

    /** False when somebody else has it by now. */
    boolean delivered(Claim claim, Instant now);

    /** As {@link #delivered}; it is sent again. */
    boolean failed(Claim claim, String reason, Instant now, Instant next);

    /** As {@link #delivered}; it is not sent again by itself, and the next event is. */
    boolean died(Claim claim, String reason, Instant now);

    /** Somebody else may send it now. */
    boolean giveBack(Claim claim);

    /** Every webhook that some replica is, or was of late, configured with. */
    List<Standing> standings();

    /** A page of what a webhook did not take, oldest first: those with an id above {@code after}. */
    List<DeadLetter> deadLetters(String webhook, long after, int limit);

    /**
     * Sends dead letters again, one or all; those that are being sent again already stay so.
     *
     * @param fact what goes into the audit of requests
     * @return how many there are to be sent again now; 0 when there is none such
     */
    int redeliver(String webhook, OptionalLong letter, AuditEntry.Fact fact, Instant now);

    /** Puts a test into the audit; when the receiver took it, what waits for another attempt is due at once. */
    void tested(String webhook, boolean taken, AuditEntry.Fact fact, Instant now);

    /** @return how many dead letters that died before {@code before} were deleted */
    int forgetDeadLetters(Instant before);

    /** Deletes webhooks that no replica was configured with since {@code before}, with all that waits for them; returns them. */
    List<String> forgetWebhooks(Instant before);

    /**
     * An event that this process may send.
     *
     * @param lane where it stands in the store
     * @param lease whose it is
     * @param attempts how often it was sent
     * @param failingSince since when nothing of its migration was taken
     * @param deadLetter what it was before, when it is sent again
     */
    record Claim(
            long lane,
            String lease,
            String webhook,
            int attempts,
            Optional<Instant> failingSince,
            OptionalLong deadLetter,
            WebhookEvent event) {}

    /** @param waiting events that were not taken yet, by type */
    record Standing(
            String name,
            Optional<Instant> lastSuccessAt,
            Optional<Instant> lastFailureAt,
            Optional<String> lastFailure,
            Optional<Instant> nextAttemptAt,
            List<Waiting> waiting,
            long deadLetters) {}

    /** @param oldest when the first of them happened */
    record Waiting(String type, long count, Instant oldest) {}

    /** @param again whether it is being sent again */
    record DeadLetter(long id, WebhookEventRef event, Instant diedAt, int attempts, String reason, boolean again) {}

    /** Which event it is. */
    record WebhookEventRef(String migration, long sequence, String type, Instant at) {}
}
