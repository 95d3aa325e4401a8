package dev.hubferry.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** The last lines of a demo: what was moved and verified, and how long nobody could work. */
final class DemoSummary {
    private DemoSummary() {}

    static void print(JsonNode report, Path file, PrintStream out) {
        String outcome = report.path("outcome").asText();
        out.println();
        out.println(headline(outcome, report.path("cause").asText()));
        JsonNode homes = report.path("homes");
        out.printf(
                "  homes      %d users, %d entries, %s in %d passes%s%n",
                homes.path("users").asLong(),
                homes.path("entries").asLong(),
                ProgressView.bytes(homes.path("bytes").asLong()),
                homes.path("passes").size(),
                homes.has("rootHash") ? "; every entry compared, every file hashed on both sides" : "");
        JsonNode database = report.path("database");
        out.printf("  database   %d users%n", database.path("users").asLong());
        JsonNode writes = report.path("writes");
        out.printf(
                "  writes     %d acknowledged to users at work, %d lost%n",
                writes.path("acknowledged").asLong(), writes.path("lost").asLong());
        out.printf(
                Locale.ROOT,
                "  downtime   %.1f s, as measured from outside%n",
                report.path("downtimeSeconds").asDouble());
        out.printf(
                Locale.ROOT,
                "  steps      %.1f s of orchestration, copying and waiting not counted%n",
                report.path("orchestrationSeconds").asDouble());
        out.println("  report     " + file);
    }

    private static String headline(String outcome, String cause) {
        return switch (outcome) {
            case "COMPLETED" -> "The hub has moved.";
            case "ROLLED_BACK" ->
                "The world is as it was before (pods of evicted users stay gone, the copied homes stay on the target): "
                        + cause;
            case "PARKED" -> "The migration is parked; docs/operations/parked.md says what to do: " + cause;
            default -> "The migration is " + outcome + ": " + cause;
        };
    }
}
