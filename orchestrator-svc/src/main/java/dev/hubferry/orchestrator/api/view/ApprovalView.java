package dev.hubferry.orchestrator.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.PassForecast;
import dev.hubferry.contracts.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A gate, and what a person should know before answering it.
 *
 * @param state NOT_STARTED, WAITING, SUCCEEDED (approved), REJECTED, EXPIRED or WITHDRAWN
 * @param forecast of the final pass as of now, at the gate after which the hub is closed, until it is
 * @param budget what the spec allows the final pass, if it does, at the same gate
 * @param overBudget why it may take longer, if somebody said so
 * @param notices what is not wrong but should be known
 * @param found what the steps before the gate answered, by step; of the source's active homes the first 20
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ApprovalView(
        String gate,
        StepView.State state,
        Optional<Instant> since,
        Optional<Instant> expiresAt,
        Optional<Instant> answeredAt,
        Optional<String> answeredBy,
        Optional<String> comment,
        Optional<PassForecast> forecast,
        Optional<Duration> budget,
        Optional<String> overBudget,
        List<Notice> notices,
        Map<String, Reply> found) {}
