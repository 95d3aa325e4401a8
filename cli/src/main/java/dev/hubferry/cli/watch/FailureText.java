package dev.hubferry.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Why something failed, everything that is wrong at once, and what to do about each. */
public final class FailureText {
    private FailureText() {}

    /** @param failure has {@code code}, {@code detail} and {@code problems} */
    public static List<String> lines(JsonNode failure, String indent) {
        List<String> lines = new ArrayList<>();
        lines.add(indent + failure.path("code").asText("?") + ": "
                + failure.path("detail").asText(""));
        for (JsonNode problem : failure.path("problems")) {
            lines.add("%s  %s: %s: %s"
                    .formatted(
                            indent,
                            problem.path("code").asText(""),
                            problem.path("where").asText(""),
                            problem.path("detail").asText("")));
            String remedy = problem.path("remedy").asText("");
            if (!remedy.isEmpty()) {
                lines.add(indent + "    what to do: " + remedy);
            }
        }
        return lines;
    }
}
