package dev.hubferry.orchestrator.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.orchestrator.webhook.WebhookStore.DeadLetter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Events that a webhook did not take, those that died first first.
 *
 * @param next the URL of the next page, while there is one
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DeadLettersView(List<Letter> deadLetters, Optional<String> next) {
    /**
     * @param sequence the event's number in its migration; {@code GET /api/v1/migrations/{id}/events} has it whole
     * @param attempts how often it was sent
     * @param redelivering whether it is being sent again
     */
    public record Letter(
            long id,
            String migration,
            long sequence,
            String type,
            Instant happenedAt,
            Instant diedAt,
            int attempts,
            String reason,
            boolean redelivering) {
        static Letter of(DeadLetter letter) {
            return new Letter(
                    letter.id(),
                    letter.event().migration(),
                    letter.event().sequence(),
                    letter.event().type(),
                    letter.event().at(),
                    letter.diedAt(),
                    letter.attempts(),
                    letter.reason(),
                    letter.again());
        }
    }

    public static DeadLettersView of(List<DeadLetter> letters, Optional<String> next) {
        return new DeadLettersView(letters.stream().map(Letter::of).toList(), next);
    }
}
