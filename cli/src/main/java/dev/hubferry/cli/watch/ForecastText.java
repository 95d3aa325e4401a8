package dev.hubferry.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.text.Figures;

/** The forecast of the final pass in a sentence. */
public final class ForecastText {
    private ForecastText() {}

    /** @param of what has {@code forecast} and maybe {@code budget}; empty when it foretells nothing */
    public static String of(JsonNode of) {
        JsonNode forecast = of.path("forecast");
        if (!forecast.isObject()) {
            return "";
        }
        String span = forecast.has("high")
                ? "the final pass, with the hub down, is thought to take %s to %s%s"
                        .formatted(time(forecast, "low"), time(forecast, "high"), expected(forecast))
                : "nobody knows how long the final pass will take, with the hub down";
        String guess =
                forecast.path("basis").asText().equals("WHOLE_TREE") ? " (a guess: only one pass was made yet)" : "";
        String budget = of.has("budget") ? "; the budget is " + time(of, "budget") : "";
        return span + guess + budget;
    }

    private static String expected(JsonNode forecast) {
        return forecast.has("expected") ? ", likely " + time(forecast, "expected") : "";
    }

    private static String time(JsonNode of, String field) {
        return Figures.duration(of.path(field).asText("?"));
    }
}
