package dev.hubferry.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.namecheap.FakeRecord;
import dev.hubferry.fakes.namecheap.FakeZone;
import dev.hubferry.sandbox.probe.Downtime;
import dev.hubferry.sandbox.work.WritesVerifier;
import dev.hubferry.sandbox.world.SandboxWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** DIR/report.json: the orchestrator's report, and beside it what the sandbox saw with its own eyes. */
final class DemoReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode report;

    private DemoReport(ObjectNode report) {
        this.report = report;
    }

    /**
     * Adds what the sandbox knows.
     *
     * @param fromOrchestrator the answer of {@code /report}
     * @param zoneBefore the zone as it was before the migration
     * @param writes whether what users were told is safe was found; on the target of a completed migration, else on the source
     */
    static DemoReport of(
            SandboxWorld world, JsonNode fromOrchestrator, FakeZone zoneBefore, WritesVerifier.Verdict writes) {
        ObjectNode report = fromOrchestrator.deepCopy();
        report.withObject("/database")
                .put("sourcePath", world.hubs().oldDatabase().toString())
                .put("targetPath", world.hubs().newDatabase().toString());
        ObjectNode dns = report.putObject("dns");
        dns.set("before", records(zoneBefore));
        dns.set("after", records(world.zone().zone()));
        report.put("downtimeSecondsBySteps", report.path("downtimeSeconds").asDouble());
        report.put("downtimeSeconds", Downtime.seconds(world.layout().prober()));
        report.putObject("writes")
                .put("acknowledged", writes.lines())
                .put("paths", writes.paths())
                .put("lost", writes.lost().size());
        return new DemoReport(report);
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
