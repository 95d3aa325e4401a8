package dev.hubferry.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.sandbox.demo.DemoSpec;
import dev.hubferry.sandbox.probe.Downtime;
import dev.hubferry.sandbox.work.WritesJournal;
import dev.hubferry.sandbox.work.WritesVerifier;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.ServiceProcess;
import dev.hubferry.sandbox.world.WorldOptions;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.TraceCollector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoveTest {
    private static final long MIB = 1024 * 1024;
    private static final int FILES = 1500;

    /** What is not said before it happens the first time, and does not in a move without trouble. */
    private static final Pattern OF_TROUBLE =
            Pattern.compile("hubferry_(step_failures|step_retries|passes_failed|commands_rejected)_total");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aHubMovesWhileItsUsersWorkAndNothingIsLost() throws Exception {
        // Given
        WorldOptions options = WorldOptions.in(directory.resolve("world"))
                .withHomesOf(12, FILES, 15)
                .withSeed(11);
        try (TraceCollector traces = TraceCollector.start();
                SandboxWorld world = SandboxWorld.start(options)) {
            // As images log: then the id is in every line that is about the migration.
            world.startServices(Project.root(), Map.of("quarkus.log.console.json.enabled", "true"), traces.settings());
            Path runs = world.hubs().newHomes().resolveSibling(".hubferry");

            // When
            String id;
            JsonNode ended;
            Mover mover;
            try (Monitoring monitoring = Monitoring.of(world, directory);
                    SecretSearch secrets = SecretSearch.in(world, traces)) {
                mover = new Mover(world, steps -> secrets.wantKeyOfRoute(runs));
                id = mover.request(DemoSpec.of(world), "move");
                secrets.want("the id", id);
                ended = mover.watch(id);

                // Then
                assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("COMPLETED");
                assertTheDashboardShowsIt(monitoring);
                assertMetricsNameNobody(world, id);
                assertServicesTookWhatTheComposeFileGives(world);
                MovedTrace.of(traces, id).assertIsOneTreeOfAll();
                assertSecretsAreNowhere(secrets);
            }
            Await.until(
                    "the name leads to the new hub",
                    Duration.ofSeconds(20),
                    () -> world.prober().latest().hub().equals(SandboxWorld.NEW));
            JsonNode report = mover.report(id);
            assertTreesAreEqual(world, report);
            assertUsersWorkedOnAndLostNothing(world, report);
            assertThat(report.path("stillDown").asBoolean(true)).isFalse();
            // On a quiet machine they differ by 0.4 s; the report's time begins when k8s-svc sees that the door is
            // shut.
            double seen = longestOutage(world);
            assertThat(report.path("downtimeSeconds").asDouble()).isCloseTo(seen, within(Math.max(3, seen / 2)));
            assertServicesStayedSmall(world);
        }
    }

    /** In seconds; a look that came too late while everything started is no downtime of the migration. */
    private static double longestOutage(SandboxWorld world) {
        return Downtime.outages(Downtime.read(world.layout().prober())).stream()
                .mapToDouble(outage -> outage.length().toMillis() / 1000.0)
                .max()
                .orElseThrow();
    }

    private static void assertTreesAreEqual(SandboxWorld world, JsonNode report) throws Exception {
        Path source = world.hubs().oldHomes();
        Path target = world.hubs().newHomes();
        assertThat(Trees.entries(target)).isGreaterThanOrEqualTo(FILES);
        assertThat(Trees.fingerprint(target)).isEqualTo(Trees.fingerprint(source));
        assertThat(Trees.shared(source, target)).isEmpty();
        assertThat(report.at("/homes/entries").asLong()).isGreaterThanOrEqualTo(FILES);
        assertThat(report.at("/homes/filesHashed").asLong()).isPositive();
    }

    private static void assertUsersWorkedOnAndLostNothing(SandboxWorld world, JsonNode report) {
        Path writes = world.layout().writes();
        assertThat(report.at("/homes/passes").findValuesAsText("kind")).contains("SEED", "FINAL");
        Instant seedBegan = Instant.parse(report.at("/homes/passes/0/startedAt").asText());
        Instant closed = Instant.parse(startOf("close-source", report));
        assertThat(WritesJournal.pathsChanged(writes, seedBegan, closed)).isGreaterThanOrEqualTo(20);
        assertThat(WritesVerifier.verify(writes, world.hubs().newHomes()).lost())
                .isEmpty();
    }

    private static String startOf(String step, JsonNode report) {
        for (JsonNode row : report.path("steps")) {
            if (row.path("name").asText().equals(step)) {
                return row.path("startedAt").asText();
            }
        }
        throw new AssertionError("no " + step + " in " + report);
    }

    private static void assertTheDashboardShowsIt(Monitoring monitoring) throws Exception {
        Await.until(
                "the next look of Prometheus",
                Duration.ofSeconds(30),
                () -> !monitoring
                        .ask("hubferry_events_total{type=\"hubferry.migration-completed.v1\"} > 0")
                        .isEmpty());
        for (String query : Dashboard.queries()) {
            if (!OF_TROUBLE.matcher(query).find()) {
                assertThat(monitoring.ask(query)).as(query).isNotEmpty();
            }
        }
        assertThat(monitoring.ask("ALERTS{alertstate=\"firing\"}")).isEmpty();
    }

    private static void assertMetricsNameNobody(SandboxWorld world, String id) {
        JsonNode spec = DemoSpec.of(world);
        for (ServiceProcess service : world.services()) {
            assertThat(given().get(service.url().resolve("/q/metrics")).asString())
                    .as(service.service().module())
                    .contains("hubferry_outbox_pending ")
                    .doesNotContain(
                            id,
                            spec.at("/dns/name").asText("no name"),
                            "/" + spec.at("/source/namespace").asText("no namespace") + "/");
        }
    }

    /** The migration's id, which is no secret, is everywhere: so the search finds what there is. */
    private static void assertSecretsAreNowhere(SecretSearch secrets) throws Exception {
        assertThat(secrets.names())
                .contains(
                        "the token of all",
                        "the key of the route",
                        "the kubeconfig of old",
                        "the key of the DNS provider")
                .anyMatch(name -> name.startsWith("hub.config.JupyterHub.cookie_secret of the hub"));
        assertThat(secrets.found())
                .isEqualTo(Map.of(
                        "the id",
                        Set.of(
                                SecretSearch.KAFKA,
                                SecretSearch.POSTGRES,
                                SecretSearch.LOGS,
                                SecretSearch.TRACES,
                                SecretSearch.ARGUMENTS)));
    }

    /** Names of connections have no default and are not this world's to say, and a setting that does not exist is complained about. */
    private static void assertServicesTookWhatTheComposeFileGives(SandboxWorld world) throws Exception {
        assertThat(world.services()).hasSize(5);
        for (ServiceProcess service : world.services()) {
            assertThat(service.laidOver().keySet())
                    .as(service.service().module())
                    .contains("kafka.bootstrap.servers", "quarkus.datasource.jdbc.url")
                    .doesNotContain(
                            "quarkus.datasource.password",
                            "hubferry.connections.clusters",
                            "hubferry.connections.storages",
                            "hubferry.connections.zones",
                            "hubferry.dns.zones.example-org.domain");
            assertThat(Files.readString(service.process().log()))
                    .contains("started in")
                    .doesNotContain("Unrecognized configuration key", "AOT cache");
        }
    }

    private static void assertServicesStayedSmall(SandboxWorld world) {
        for (ServiceProcess service : world.services()) {
            assertThat(service.process().peakResidentBytes())
                    .as(service.service().module())
                    .isBetween(1L, 250 * MIB);
        }
    }
}
