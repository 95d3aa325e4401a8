package dev.hubferry.orchestrator.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.orchestrator.webhook.Webhook;
import dev.hubferry.orchestrator.webhook.WebhookStore.Standing;
import dev.hubferry.orchestrator.webhook.WebhookStore.Waiting;
import dev.hubferry.orchestrator.webhook.Webhooks.Shown;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Receivers of events, by name. */
public record WebhooksView(List<Receiver> webhooks) {
    /**
     * @param configured whether the replica that was asked is configured with it; what waits for one that none is configured with is kept for some days
     * @param host of its URL, the rest of which may be secret
     * @param events which it wants: types, or how they begin, with a star; all when empty
     * @param pending events that it has still to be sent
     * @param oldestPendingAt when the first of these happened
     * @param nextAttemptAt when something is, or was, due to be sent
     * @param deadLetters events that it did not take
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Receiver(
            String name,
            boolean configured,
            Optional<String> host,
            List<String> events,
            long pending,
            Optional<Instant> oldestPendingAt,
            Optional<Instant> nextAttemptAt,
            Optional<Instant> lastSuccessAt,
            Optional<LastFailure> lastFailure,
            long deadLetters) {
        static Receiver of(Shown shown) {
            Standing standing = shown.standing();
            List<Waiting> waiting = standing.waiting().stream()
                    .filter(each -> shown.wants(each.type()))
                    .toList();
            return new Receiver(
                    standing.name(),
                    shown.webhook().isPresent(),
                    shown.webhook().map(Webhook::host),
                    shown.webhook().map(webhook -> webhook.events().patterns()).orElse(List.of()),
                    waiting.stream().mapToLong(Waiting::count).sum(),
                    waiting.stream().map(Waiting::oldest).min(Comparator.naturalOrder()),
                    standing.nextAttemptAt(),
                    standing.lastSuccessAt(),
                    standing.lastFailureAt()
                            .flatMap(at -> standing.lastFailure().map(reason -> new LastFailure(at, reason))),
                    standing.deadLetters());
        }
    }

    /** Why an event was not taken. */
    public record LastFailure(Instant at, String reason) {}

    public static WebhooksView of(List<Shown> shown) {
        return new WebhooksView(shown.stream().map(Receiver::of).toList());
    }
}
