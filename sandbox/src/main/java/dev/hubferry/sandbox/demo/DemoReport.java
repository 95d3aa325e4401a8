package dev.hubferry.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.namecheap.FakeRecord;
import dev.hubferry.fakes.namecheap.FakeZone;
import dev.hubferry.sandbox.probe.Downtime;
import dev.hubferry.sandbox.work.WritesJournal;
import dev.hubferry.sandbox.work.WritesVerifier;
import dev.hubferry.sandbox.world.SandboxWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** DIR/report.json: the orchestrator's report, and beside it what the sandbox saw with its own eyes. */
final class DemoReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode report;

    private DemoReport(ObjectNode report) {
        this.report = report;
    }

    /** @param fromOrchestrator the answer of {@code /report} */
    static DemoReport of(JsonNode fromOrchestrator) {
        return new DemoReport(fromOrchestrator.deepCopy());
    }

    /** How long a person in front of the demo waited for the migration, from the request to its end. */
    DemoReport withWallSeconds(double seconds) {
        report.put("wallSeconds", Math.round(seconds * 1000) / 1000.0);
        return this;
    }

    /**
     * Adds where things are, the zone as the provider shows it, and the downtime as the prober saw it.
     *
     * @param zoneBefore the zone as it was before the migration
     */
    DemoReport withWorld(SandboxWorld world, FakeZone zoneBefore) {
        report.withObject("/database")
                .put("sourcePath", world.hubs().oldDatabase().toString())
                .put("targetPath", world.hubs().newDatabase().toString());
        ObjectNode dns = report.putObject("dns");
        dns.set("before", records(zoneBefore));
        dns.set("after", records(world.zone().zone()));
        report.put("downtimeSecondsBySteps", report.path("downtimeSeconds").asDouble());
        report.put("downtimeSeconds", Downtime.seconds(world.layout().prober()));
        return this;
    }

    /**
     * Adds what users at work were told is safe.
     *
     * @param verdict whether it was found; on the target of a completed migration, else on the source
     * @param journal writes.jsonl
     */
    DemoReport withWrites(WritesVerifier.Verdict verdict, Path journal) {
        report.putObject("writes")
                .put("acknowledged", verdict.lines())
                .put("paths", verdict.paths())
                .put("pathsChangedWhileSeeding", changedWhileSeeding(journal))
                .put("lost", verdict.lost().size());
        return this;
    }

    /**
     * Adds what a migration that was taken back left otherwise than it was.
     *
     * @param compared what was looked at
     * @param differences what differs, and how
     */
    DemoReport withComparison(Set<String> compared, Map<String, String> differences) {
        ObjectNode comparison = report.putObject("comparedWithBefore");
        ArrayNode names = comparison.putArray("compared");
        compared.forEach(names::add);
        ObjectNode differing = comparison.putObject("differences");
        differences.forEach(differing::put);
        return this;
    }

    /** Adds which services were killed, when, and at which row. */
    DemoReport withKills(List<Killings.Kill> kills) {
        ArrayNode array = report.putArray("kills");
        for (Killings.Kill kill : kills) {
            array.addObject()
                    .put("at", kill.at().toString())
                    .put("service", kill.service().module())
                    .put("step", kill.row())
                    .put("state", kill.state());
        }
        return this;
    }

    /** From the beginning of the first seed pass to the closing of the old hub. */
    private long changedWhileSeeding(Path journal) {
        JsonNode seedBegan = report.at("/homes/passes/0/startedAt");
        for (JsonNode step : report.path("steps")) {
            if (step.path("name").asText().equals("close-source") && !seedBegan.isMissingNode()) {
                return WritesJournal.pathsChanged(
                        journal,
                        Instant.parse(seedBegan.asText()),
                        Instant.parse(step.path("startedAt").asText()));
            }
        }
        return 0;
    }

    JsonNode json() {
        return report;
    }

    Path write(Path directory) throws IOException {
        return Files.writeString(
                directory.resolve("report.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
    }

    private static ArrayNode records(FakeZone zone) {
        ArrayNode records = JSON.createArrayNode();
        for (FakeRecord record : zone.records()) {
            records.addObject()
                    .put("host", record.host())
                    .put("type", record.type())
                    .put("value", record.address())
                    .put("ttlSeconds", record.ttl())
                    .put("mxPref", record.mxPref());
        }
        return records;
    }
}
