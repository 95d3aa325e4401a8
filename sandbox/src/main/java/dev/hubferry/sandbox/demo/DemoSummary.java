package dev.hubferry.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** The last lines of a demo: what was moved and verified, and how long nobody could work. */
final class DemoSummary {
    private DemoSummary() {}

    static void print(JsonNode report, Path file, PrintStream out) {
        String outcome = report.path("outcome").asText();
        out.println();
        out.println(headline(outcome, report.path("cause").asText()));
        printComparison(report.path("comparedWithBefore"), out);
        JsonNode homes = report.path("homes");
        out.printf(
                "  homes      %d users, %d entries, %s in %d passes%s%n",
                homes.path("users").asLong(),
                homes.path("entries").asLong(),
                ProgressView.bytes(homes.path("bytes").asLong()),
                homes.path("passes").size(),
                homes.has("filesHashed")
                        ? "; " + homes.path("filesHashed").asLong() + " files hashed on both sides"
                        : "");
        JsonNode database = report.path("database");
        out.printf("  database   %d users%n", database.path("users").asLong());
        JsonNode writes = report.path("writes");
        out.printf(
                "  writes     %d acknowledged to users at work, %d lost; %d files changed while the homes were seeded%n",
                writes.path("acknowledged").asLong(),
                writes.path("lost").asLong(),
                writes.path("pathsChangedWhileSeeding").asLong());
        out.printf(
                Locale.ROOT,
                "  downtime   %.1f s, as measured from outside%n",
                report.path("downtimeSeconds").asDouble());
        out.printf(
                Locale.ROOT,
                "  steps      %.1f s of orchestration, copying and waiting not counted%n",
                report.path("orchestrationSeconds").asDouble());
        out.printf(
                Locale.ROOT,
                "  in all     %.1f s from the request to the end%n",
                report.path("wallSeconds").asDouble());
        out.println("  report     " + file);
    }

    /** A word to everybody who takes the demo's waits for those of a real move. */
    static String ofTtl(Duration ttl) {
        return "the name's TTL is %d s here, for a quick demo; Namecheap has none below 60 s, and a real move waits the old TTL out"
                .formatted(ttl.toSeconds());
    }

    private static void printComparison(JsonNode comparison, PrintStream out) {
        if (comparison.isMissingNode()) {
            return;
        }
        JsonNode differences = comparison.path("differences");
        out.printf(
                "  compared   %d things with how they were before (Services, Deployments, databases, zone, authorized_keys), %d differ%n",
                comparison.path("compared").size(), differences.size());
        differences
                .properties()
                .forEach(difference -> out.println("    " + difference.getKey() + " "
                        + difference.getValue().asText()));
    }

    private static String headline(String outcome, String cause) {
        return switch (outcome) {
            case "COMPLETED" -> "The hub has moved.";
            case "ROLLED_BACK" ->
                "The migration was taken back (pods of evicted users stay gone, the copied homes stay on the target): "
                        + cause;
            case "PARKED" -> "The migration is parked; docs/operations/parked.md says what to do: " + cause;
            default -> "The migration is " + outcome + ": " + cause;
        };
    }
}
