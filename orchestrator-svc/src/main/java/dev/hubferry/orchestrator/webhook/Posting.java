package dev.hubferry.orchestrator.webhook;

import java.time.Instant;
import java.util.Map;

/** One request to a receiver: its headers, by Standard Webhooks, and its body. */
public record Posting(Map<String, String> headers, byte[] body) {
    public Posting {
        headers = Map.copyOf(headers);
    }

    /**
     * @param id the same however often it is sent, so that the receiver can tell
     * @param now when it is sent, so that a receiver can refuse what somebody else repeats later
     */
    public static Posting signed(Webhook webhook, String id, byte[] body, Instant now) {
        long seconds = now.getEpochSecond();
        return new Posting(
                Map.of(
                        "content-type",
                        "application/cloudevents+json; charset=utf-8",
                        "user-agent",
                        "Hubferry",
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        Long.toString(seconds),
                        "webhook-signature",
                        webhook.secrets().sign(id, seconds, body)),
                body);
    }
}
