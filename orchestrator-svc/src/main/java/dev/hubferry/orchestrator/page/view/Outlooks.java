package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.PassForecast;
import dev.hubferry.orchestrator.saga.engine.Outlook;
import dev.hubferry.orchestrator.saga.plan.Figures;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the final pass, a part of the downtime, is thought to take.
 *
 * @param forecast in words
 * @param budget what the spec allows it
 * @param over whether it may take longer than that
 */
public record Outlooks(String forecast, Optional<String> budget, boolean over) {
    static Outlooks of(PassForecast forecast, Optional<Duration> budget) {
        return new Outlooks(text(forecast), budget.map(Figures::time), new Outlook(forecast, budget).isOverBudget());
    }

    static String text(PassForecast forecast) {
        return switch (forecast.basis()) {
            case CHANGE_RATE ->
                "%s, between %s and %s, by what changed between passes%s"
                        .formatted(
                                time(forecast.expected()),
                                time(forecast.low()),
                                time(forecast.high()),
                                forecast.files()
                                        .map(files -> " (about " + Figures.count(files, "file", "files") + ")")
                                        .orElse(""));
            case WHOLE_TREE ->
                "at most about %s: nothing is known but how long one pass over everything took"
                        .formatted(time(forecast.high()));
            case NOTHING -> "nobody knows: no pass has told";
        };
    }

    private static String time(Optional<Duration> time) {
        return time.map(Figures::time).orElse("unknown");
    }
}
