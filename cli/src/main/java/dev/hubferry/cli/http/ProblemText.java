package dev.hubferry.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.cli.CliException;
import dev.hubferry.cli.Exit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A server's no (RFC 9457), with every single error and what to do about it. */
final class ProblemText {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;

    private ProblemText() {}

    static CliException exception(Answer answer) {
        return new CliException(exit(answer.status()), lines(answer));
    }

    private static Exit exit(int status) {
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return Exit.NOT_ALLOWED;
        }
        return status == TOO_MANY || status >= 500 || status < 400 ? Exit.UNREACHABLE : Exit.REFUSED;
    }

    private static List<String> lines(Answer answer) {
        JsonNode problem = problem(answer);
        List<String> lines = new ArrayList<>();
        if (!problem.has("detail") && !problem.has("title")) {
            lines.add(
                    "the server answered %d and gave no reason: is there a Hubferry at --server, and no proxy in between?"
                            .formatted(answer.status()));
            return lines;
        }
        lines.add("%s (%d): %s"
                .formatted(
                        problem.path("title").asText("refused"),
                        answer.status(),
                        problem.path("detail").asText("")));
        for (JsonNode error : problem.path("errors")) {
            lines.add("  %s: %s"
                    .formatted(
                            error.path("pointer").asText("#"),
                            error.path("detail").asText()));
            remedy(error, "      ", lines);
        }
        for (JsonNode migration : problem.path("migrations")) {
            lines.add("  concerns migration " + migration.asText());
        }
        remedy(problem, "  ", lines);
        return lines;
    }

    private static void remedy(JsonNode of, String indent, List<String> lines) {
        String remedy = of.path("remedy").asText("");
        if (!remedy.isEmpty()) {
            lines.add(indent + "what to do: " + remedy);
        }
    }

    private static JsonNode problem(Answer answer) {
        try {
            return Json.read(answer.text());
        } catch (IOException e) {
            return Json.object();
        }
    }
}
