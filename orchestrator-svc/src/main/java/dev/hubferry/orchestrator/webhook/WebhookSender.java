package dev.hubferry.orchestrator.webhook;

import java.time.Duration;
import java.util.Optional;

/** Brings a request to a receiver, and ends within the webhook's timeout, whatever the receiver does. */
public interface WebhookSender {
    /** Never throws for what the receiver, its name or its network does. */
    Answer send(Webhook webhook, Posting posting) throws InterruptedException;

    /** What became of it. Reasons are fit to be shown: one short line, without anything secret. */
    sealed interface Answer {
        /** The receiver has it. */
        record Taken() implements Answer {}

        /** The receiver wants no more of this (410). */
        record Gone(String reason) implements Answer {}

        /** Anything else; it may have it all the same. @param retryAfter what the receiver asked for */
        record Failed(String reason, Optional<Duration> retryAfter) implements Answer {
            public Failed(String reason) {
                this(reason, Optional.empty());
            }
        }
    }
}
