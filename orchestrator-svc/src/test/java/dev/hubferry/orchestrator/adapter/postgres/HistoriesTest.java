package dev.hubferry.orchestrator.adapter.postgres;

import static dev.hubferry.orchestrator.saga.engine.SagaRig.failed;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.failedAttempts;
import static dev.hubferry.orchestrator.saga.engine.SagaRig.undoFailed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.CommandStatus;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.MigrationSpec.Cutover;
import dev.hubferry.contracts.MigrationSpec.OnTrouble;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.Priority;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.adapter.postgres.Histories.Line;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.SagaDefinitions;
import dev.hubferry.orchestrator.saga.engine.Decider;
import dev.hubferry.orchestrator.saga.engine.Decision;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaRig;
import dev.hubferry.orchestrator.saga.engine.SagaRig.Twist;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.Subject;
import dev.hubferry.orchestrator.script.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays histories that were recorded when their definition was the newest: what came in then makes today's engine send the same
 * commands and tell the public the same, whatever has become of the engine and of the definition since. Between any two events the state
 * goes through its JSON, as it does in the database.
 *
 * <p>A history that was recorded is never written again: {@code -Dhubferry.write-histories=true} records what the newest version lacks.
 */
class HistoriesTest {
    private static final Path HISTORIES = Path.of("src/test/resources/histories");
    private static final RetryPolicy RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), 5);
    private static final RetryPolicy UNDO_RETRIES = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), 8);
    private static final Patience PATIENCE = new Patience(RETRIES, RETRIES, UNDO_RETRIES, Duration.ofMinutes(1));
    private static final SagaDefinitions DEFINITIONS =
            new SagaDefinitions(MigrateHub.definition(PATIENCE), MigrateHub.older(PATIENCE));

    /** What is recorded. */
    private static final String OVER_BUDGET = "asked-again-over-budget";

    private static final Cutover THREE_MINUTES = new Cutover(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofMinutes(3)),
            OnTrouble.TAKE_BACK);

    private static final List<Story> STORIES = List.of(
            Story.of("whole-move"),
            Story.of("final-sync-fails", failed("sync-final", ErrorCode.SOURCE_CHANGED)),
            Story.of("retries", failedAttempts("seed-homes", ErrorCode.SSH_UNREACHABLE, 3)),
            Story.of("gate-rejected", new Twist.Rejects("approve-downtime")),
            Story.of("gate-expired", new Twist.Forgets("approve-plan")),
            Story.of("aborted-in-mid-step", new Twist.Aborts("evict-users", false)),
            Story.of("succeeds-though-withdrawn", new Twist.Aborts("close-source", true)),
            Story.of(
                    "undo-fails",
                    failed("await-propagation", ErrorCode.SOURCE_CHANGED),
                    undoFailed("close-source", ErrorCode.CLUSTER_UNREACHABLE)),
            Story.of("parked-after-the-pivot", failed("verify-live", ErrorCode.SMOKE_TEST_FAILED)),
            new Story("lost-command", 2, List.of(new Twist.Lost("hold-target", Direction.DO, 1)), List.of()),
            new Story(
                    "paused-and-resumed",
                    2,
                    List.of(new Twist.Silent("seed-homes", Direction.DO)),
                    List.of(
                            new SagaEvent.PauseAsked("olga", "a storm"),
                            new SagaEvent.StatusTold(
                                    new StepRef("seed-homes", Direction.DO, 1), CommandStatus.Stage.ANSWERED),
                            new SagaEvent.ResumeAsked("olga"))),
            new Story(
                    "retried-by-a-person",
                    2,
                    List.of(failed("seed-homes", ErrorCode.TARGET_FULL)),
                    List.of(new SagaEvent.RetryAsked("seed-homes", "olga"))),
            new Story(
                    "skipped-by-a-person",
                    2,
                    List.of(failed("verify-live", ErrorCode.SMOKE_TEST_FAILED)),
                    List.of(new SagaEvent.SkipAsked("verify-live", "olga", "looked at it"))),
            new Story(
                    "taken-back-in-the-queue",
                    3,
                    List.of(new Twist.Crowded("close-source")),
                    List.of(
                            new SagaEvent.PriorityAsked(Priority.HIGH, "olga", "it is late"),
                            new SagaEvent.AbortAsked("olga", "too late"))),
            new Story(
                    "queued-again-for-a-retry",
                    3,
                    List.of(failed("seed-homes", ErrorCode.TARGET_FULL)),
                    List.of(
                            new SagaEvent.RetryAsked("seed-homes", "olga"),
                            new SagaEvent.PauseAsked("olga", "a storm"),
                            new SagaEvent.ResumeAsked("olga"))),
            new Story(
                    OVER_BUDGET,
                    4,
                    List.of(
                            new Twist.Seeded(List.of(
                                    pass(1, 0, 1_200, 6_500, 120_000_000), pass(2, 1_200, 60, 240, 12_000_000))),
                            new Twist.Crowded("close-source")),
                    List.of(
                            new SagaEvent.SlotsGranted("close-source"),
                            new SagaEvent.GateAnswered("approve-downtime", true, "anna", ""),
                            new SagaEvent.GateAnswered(
                                    "approve-downtime", true, "anna", "", Optional.of("the dean agrees")))));

    /**
     * @param since the first version that has it
     * @param words what is said when nothing more happens by itself; nothing goes differently from then on
     */
    private record Story(String name, int since, List<Twist> twists, List<SagaEvent> words) {
        static Story of(String name, Twist... twists) {
            return new Story(name, 1, List.of(twists), List.of());
        }

        List<SagaRig.Turn> play(SagaDefinition definition) {
            SagaRig rig = new SagaRig.Given(definition, spec(name)).when(twists.toArray(Twist[]::new));
            if (!words.isEmpty()) {
                rig.mend();
                words.forEach(rig::decide);
                rig.goOn();
            }
            return rig.turns();
        }
    }

    /** One story needs a budget, and to others it makes no difference. */
    private static MigrationSpec spec(String story) {
        return story.equals(OVER_BUDGET) ? Specs.with(Specs.astro(), THREE_MINUTES) : Specs.astro();
    }

    private static PassReport pass(int number, int at, int seconds, long files, long bytes) {
        Instant start = SagaRig.START.plusSeconds(at);
        return new PassReport(number, PassReport.Kind.SEED, start, start.plusSeconds(seconds), 7_000, files, bytes, 0);
    }

    @Test
    void everyVersionHasEveryHistory() throws IOException {
        SagaDefinition newest = DEFINITIONS.newest();
        if (Boolean.getBoolean("hubferry.write-histories")) {
            recordMissing(newest);
        }
        for (int version = 1; version <= newest.version(); version++) {
            int known = version;
            assertThat(files(version))
                    .as("version " + version)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrderElementsOf(STORIES.stream()
                            .filter(story -> story.since() <= known)
                            .map(story -> story.name() + ".jsonl")
                            .toList());
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
        MigrationSpec spec = spec(file.getFileName().toString().replace(".jsonl", ""));
        Subject subject = new Subject(new MigrationId("m-1"), definition.id(), spec, "op", first.at());

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
        // Version 1 was recorded before timers were.
        line.timers()
                .ifPresent(timers -> assertThat(Histories.timers(decision))
                        .as("timers set after %s", line.in())
                        .isEqualTo(timers));
    }

    private static void recordMissing(SagaDefinition definition) throws IOException {
        Path directory = Files.createDirectories(directory(definition.version()));
        for (Story story : STORIES) {
            Path file = directory.resolve(story.name() + ".jsonl");
            if (Files.notExists(file)) {
                Files.write(
                        file,
                        story.play(definition).stream()
                                .map(Histories::line)
                                .map(Histories::write)
                                .toList());
            }
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
