package dev.hubferry.bench.homes;

import static dev.hubferry.bench.homes.Method.FPSYNC4;
import static dev.hubferry.bench.homes.Method.OURS;
import static dev.hubferry.bench.homes.Method.RSYNC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hubferry.bench.homes.HomesResults.Failure;
import dev.hubferry.bench.homes.Mover.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsTest {
    private static final List<Method> METHODS = List.of(OURS, RSYNC, FPSYNC4);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void anotherMethodBeginsEachCase() {
        assertThat(Rounds.order(METHODS, 1, Case.FULL_COPY)).containsExactly(OURS, RSYNC, FPSYNC4);
        assertThat(Rounds.order(METHODS, 1, Case.NOTHING_CHANGED)).containsExactly(RSYNC, FPSYNC4, OURS);
        assertThat(Rounds.order(METHODS, 1, Case.ONE_PERCENT)).containsExactly(FPSYNC4, OURS, RSYNC);
    }

    @Test
    void eachMethodBeginsACaseOnceInAsManyRoundsAsThereAreMethods() {
        assertThat(List.of(1, 2, 3))
                .extracting(round ->
                        Rounds.order(METHODS, round, Case.TENTH_PERCENT).getFirst())
                .containsExactlyInAnyOrderElementsOf(METHODS);
    }

    @Test
    void namesAMethodThatFailsAndGoesOnWithTheOthers() throws Exception {
        Optional<SharedTools> tools = SharedTools.find(Path.of(System.getProperty("hubferry.root", ".")));
        assumeTrue(tools.isPresent(), "skipped: no tools/gen-homes.py in $HUBFERRY_SHARED or ../shared");
        // Given
        SourceTree tree =
                SourceTree.generate(tools.get(), directory.resolve("hub"), TreeShape.parse("4:60:1"), Duration.ZERO, 7);
        FakeMover full = new FakeMover(_ -> {
            throw new IllegalStateException("no room");
        });
        FakeMover copier = new FakeMover(RoundsTest::copy);
        Path targets = Files.createDirectory(directory.resolve("targets"));
        Rounds rounds = new Rounds(
                tree,
                new Judge(tools.get()),
                new Loopback(),
                new EnumMap<>(Map.of(RSYNC, full, FPSYNC4, copier)),
                targets,
                _ -> {});

        // When
        rounds.round(1);

        // Then
        assertThat(rounds.failures()).containsExactly(new Failure(RSYNC, "full copy", 1, "no room"));
        assertThat(rounds.runs()).hasSize(Case.values().length).allSatisfy(run -> {
            assertThat(run.method()).isEqualTo(FPSYNC4);
            assertThat(run.verdict().differences()).isEmpty();
        });
        assertThat(full.ended).isEqualTo(1);
        assertThat(copier.ended).isEqualTo(1);
        assertThat(targets).isEmptyDirectory();
    }

    private static void copy(Place place) throws InterruptedException {
        Programs.run("rm", "-rf", place.target().toString()).orThrow();
        Programs.run("cp", "-a", place.source().toString(), place.target().toString())
                .orThrow();
    }

    /** What a mover does. */
    @FunctionalInterface
    private interface Work {
        void on(Place place) throws InterruptedException;
    }

    private static final class FakeMover implements Mover {
        private final Work work;
        private int ended;

        FakeMover(Work work) {
            this.work = work;
        }

        @Override
        public Timing move(Case what, Place place) throws InterruptedException {
            work.on(place);
            return new Timing(1, List.of());
        }

        @Override
        public void end(Place place) {
            ended++;
        }
    }
}
