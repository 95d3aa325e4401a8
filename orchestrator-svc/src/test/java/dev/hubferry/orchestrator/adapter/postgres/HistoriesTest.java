package dev.hubferry.orchestrator.adapter.postgres;

import static dev.hubferry.orchestrator.saga.engine.SagaRig.failed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.failedAttempts;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.given;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.undoFailed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.adapter.postgres.Histories.Line;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.SagaDefinitions;
import dev.hubferry.orchestrator.saga.engine.Decider;
import dev.hubferry.orchestrator.saga.engine.Decision;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaRig.Twist;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.Subject;
import dev.hubferry.orchestrator.script.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays histories that were recorded when their definition was the newest: what came in then makes today's engine send the same
 * commands and tell the public the same, whatever has become of the engine and of the definition since. Between any two events the state
 * goes through its JSON, as it does in the database.
 *
 * <p>A history of an older definition is never written again. {@code -Dhubferry.write-histories=true} records the newest one.
 */
class HistoriesTest {
    private static final Path HISTORIES = Path.of("src/test/resources/histories");
    private static final RetryPolicy RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), 5);
    private static final RetryPolicy UNDO_RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), 8);
    private static final Patience PATIENCE = new Patience(RETRIES, RETRIES, UNDO_RETRIES, Duration.ofMinutes(1));
    private static final SagaDefinitions DEFINITIONS =
            new SagaDefinitions(MigrateHub.definition(PATIENCE), MigrateHub.older(PATIENCE));

    /** What is recorded, by name. */
    private static final Map<String, List<Twist>> STORIES = Map.of(
            "whole-move", List.of(),
            "final-sync-fails", List.of(failed("sync-final", ErrorCode.SOURCE_CHANGED)),
            "retries", List.of(failedAttempts("seed-homes", ErrorCode.SSH_UNREACHABLE, 3)),
            "gate-rejected", List.of(new Twist.Rejects("approve-downtime")),
            "gate-expired", List.of(new Twist.Forgets("approve-plan")),
            "aborted-in-mid-step", List.of(new Twist.Aborts("evict-users", false)),
            "succeeds-though-withdrawn", List.of(new Twist.Aborts("close-source", true)),
            "undo-fails",
                    List.of(
                            failed("await-propagation", ErrorCode.SOURCE_CHANGED),
                            undoFailed("close-source", ErrorCode.CLUSTER_UNREACHABLE)),
            "parked-after-the-pivot", List.of(failed("verify-live", ErrorCode.SMOKE_TEST_FAILED)));

    @Test
    void everyVersionHasEveryHistory() throws IOException {
        SagaDefinition newest = DEFINITIONS.newest();
        if (Boolean.getBoolean("hubferry.write-histories")) {
            record(newest);
        }
        for (int version = 1; version <= newest.version(); version++) {
            assertThat(files(version)).as("version " + version).hasSize(STORIES.size());
        }
    }

    @TestFactory
    Stream<DynamicTest> replaysTheSame() throws IOException {
        return Stream.iterate(1, version -> version <= DEFINITIONS.newest().version(), version -> version + 1)
                .flatMap(version -> files(version).stream()
                        .map(file -> DynamicTest.dynamicTest(
                                "version " + version + ": " + file.getFileName(), () -> replay(version, file))));
    }

    private static void replay(int version, Path file) throws IOException {
        // Given
        List<Line> lines =
                Files.readAllLines(file).stream().map(Histories::read).toList();
        SagaDefinition definition = DEFINITIONS.byId(MigrateHub.NAME + "/" + version);
        Line first = lines.getFirst();
        Subject subject = new Subject(new MigrationId("m-1"), definition.id(), Specs.astro(), "op", first.at());

        // When, Then
        Decision.Advance begun = Decider.begin(definition, subject, first.at());
        assertSame(first, begun);
        SagaState state = begun.state();
        for (Line line : lines.subList(1, lines.size())) {
            SagaState stored = StateJson.read(StateJson.write(state));
            Decision decision = Decider.decide(definition, stored, Histories.event(line.in()), line.at());
            assertSame(line, decision);
            state = decision instanceof Decision.Advance advance ? advance.state() : stored;
        }
    }

    private static void assertSame(Line line, Decision decision) {
        assertThat(Histories.sent(decision)).as("sent after %s", line.in()).isEqualTo(line.sent());
        assertThat(Histories.told(decision)).as("told after %s", line.in()).isEqualTo(line.told());
    }

    private static void record(SagaDefinition definition) throws IOException {
        Path directory = Files.createDirectories(directory(definition.version()));
        for (var story : STORIES.entrySet()) {
            List<String> lines = given(definition).when(story.getValue().toArray(Twist[]::new)).turns().stream()
                    .map(Histories::line)
                    .map(Histories::write)
                    .toList();
            Files.write(directory.resolve(story.getKey() + ".jsonl"), lines);
        }
    }

    private static Path directory(int version) {
        return HISTORIES.resolve("migrate-hub-" + version);
    }

    private static List<Path> files(int version) {
        try (Stream<Path> files = Files.list(directory(version))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("no histories of version " + version, e);
        }
    }
}
