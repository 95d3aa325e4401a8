package dev.hubferry.system.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads what the orchestrator says about the rows of a migration. */
final class Steps {
    private Steps() {}

    /** The rows that are under way, or being undone. */
    static String atWork(JsonNode steps) {
        List<String> rows = new ArrayList<>();
        for (JsonNode step : steps) {
            String name = step.path("name").asText();
            String state = step.path("state").asText();
            String undo = step.path("undo").path("state").asText();
            if (state.equals("RUNNING") || state.equals("RETRYING") || state.equals("WAITING")) {
                rows.add(name);
            } else if (undo.equals("RUNNING") || undo.equals("RETRYING")) {
                rows.add("undo of " + name);
            }
        }
        return rows.isEmpty() ? "between rows" : String.join(", ", rows);
    }

    /** Whether the command of the row is under way. */
    static boolean isRunning(JsonNode steps, String row) {
        for (JsonNode step : steps) {
            if (step.path("name").asText().equals(row)
                    && step.path("state").asText().equals("RUNNING")) {
                return true;
            }
        }
        return false;
    }
}
