package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.PassForecast;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A forecast beside what the spec allows.
 *
 * @param budget none when the spec has none
 */
public record Outlook(PassForecast forecast, Optional<Duration> budget) {
    /** Whether more than is allowed is possible; what nobody knows may be any. */
    public boolean isOverBudget() {
        return budget.filter(most ->
                        forecast.high().map(high -> high.compareTo(most) > 0).orElse(true))
                .isPresent();
    }

    /** One sentence on why it is over the budget. */
    String complaint() {
        String most = budget.map(Duration::toString).orElse("any time");
        String cut = "if the hub is closed at " + forecast.cutAt().truncatedTo(ChronoUnit.SECONDS);
        return switch (forecast.basis()) {
            case CHANGE_RATE ->
                "the final pass may take up to %s (expected %s, at least %s) %s, but cutover.finalPassBudget is %s"
                        .formatted(text(forecast.high()), text(forecast.expected()), text(forecast.low()), cut, most);
            case WHOLE_TREE ->
                "the final pass may take up to %s %s, as nothing is known but how long one pass over everything took, but cutover.finalPassBudget is %s"
                        .formatted(text(forecast.high()), cut, most);
            case NOTHING ->
                "nothing tells how long the final pass takes %s, but cutover.finalPassBudget is %s"
                        .formatted(cut, most);
        };
    }

    private static String text(Optional<Duration> duration) {
        return duration.map(Duration::toString).orElse("unknown");
    }
}
