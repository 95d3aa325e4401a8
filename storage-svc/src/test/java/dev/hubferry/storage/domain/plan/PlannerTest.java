package dev.hubferry.storage.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.PassReport.Kind;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import dev.hubferry.storage.domain.manifest.ManifestStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules one by one; for hard links see {@link PlannedLinksTest}. */
class PlannerTest {
    private static final ChunkLimit LIMIT = new ChunkLimit(100, 50);

    private final Passes passes = new Passes(LIMIT, 2);
    private final ModelTree source = passes.source;
    private final ModelTree target = passes.target;

    @Test
    void doesNothingWhenNothingChanged() throws InterruptedException {
        // Given
        source.directoryWithFiles("./ada", 3);
        passes.sync();
        // When
        Passes.Planned planned = passes.plan(Kind.FINAL);
        // Then
        assertThat(planned.plan().isEmpty()).isTrue();
        assertThat(planned.totals().source()).isEqualTo(new Amount(4, 3, 3));
        assertThat(planned.totals().homes()).containsEntry("ada", Amount.NONE);
    }

    @Test
    void forcesAFileThatKeptSizeAndMtime() throws InterruptedException {
        // Given
        source.directoryWithFiles("./ada", 3);
        passes.sync();
        source.get("./ada/101").content = "y";
        source.get("./ada/101").ctime = source.now();
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().paths(false, true)).containsExactly("./ada/101");
        assertThat(planned.totals().forced()).isEqualTo(1);
        assertThat(planned.plan().attributes).containsExactly("./ada");
    }

    @Test
    void listsAFileThatRsyncSeesToBeDifferentWithoutForce() throws InterruptedException {
        // Given
        source.directoryWithFiles("./ada", 3);
        passes.sync();
        source.get("./ada/101").content = "yy";
        source.changed(source.get("./ada/101"));
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().chunks).containsExactly(new Chunk(0, List.of("./ada/101"), false, false, 1, 2));
    }

    @Test
    void suspectsWhatMayHaveChangedInTheTickOfTheLastScan() throws InterruptedException {
        // Given
        source.directoryWithFiles("./ada", 3);
        source.tick();
        source.get("./ada/101").ctime = source.now();
        passes.carryOut(passes.plan(Kind.SEED));
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().paths(false, true)).containsExactly("./ada/101");
    }

    @Test
    void trustsNothingWithoutAPassBefore() throws InterruptedException {
        // Given
        source.directoryWithFiles("./ada", 2);
        passes.sync();
        passes.distrust();
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().paths(false, true)).containsExactly("./ada/100", "./ada/101");
        assertThat(planned.plan().attributes).containsExactly("./ada");
    }

    @Test
    void repairsWhatWasDamagedOnTheTarget() throws InterruptedException {
        // Given
        source.directoryWithFiles("./ada", 3);
        passes.sync();
        target.remove("./ada/100");
        target.get("./ada/101").mode = 777;
        target.get("./ada").setAttributes(source.get("./ada"));
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().paths(false, false)).containsExactly("./ada/100");
        assertThat(planned.plan().paths(false, true)).containsExactly("./ada/101");
        assertThat(planned.plan().attributes).containsExactly("./ada");
    }

    @Test
    void setsAttributesOfADirectoryWithoutCopyingIt() throws InterruptedException {
        // Given
        source.directory("./ada");
        source.directoryWithFiles("./ada/d", 3);
        passes.sync();
        source.get("./ada/d").mode = 700;
        source.get("./ada/d").ctime = source.now();
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().chunks).isEmpty();
        assertThat(planned.plan().attributes).containsExactly("./ada/d");
    }

    @Test
    void clearsADirectoryThatBecameAFileBeforeItsOwnRecordComes() throws InterruptedException {
        // Given
        source.directory("./ada");
        source.directoryWithFiles("./ada/x", 2);
        source.file("./ada/x/!", 1);
        passes.sync();
        source.remove("./ada/x");
        source.file("./ada/x", 5);
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().cleared).containsExactly("./ada/x");
        assertThat(planned.totals().cleared()).isEqualTo(4);
        assertThat(planned.totals().left()).isZero();
        assertThat(planned.plan().paths(false, false)).containsExactly("./ada/x");
    }

    @Test
    void clearsAFileThatBecameADirectoryAndTakesTheDirectoryForFresh() throws InterruptedException {
        // Given
        source.directory("./ada");
        source.file("./ada/x", 5);
        passes.sync();
        source.remove("./ada/x");
        source.directoryWithFiles("./ada/x", 40);
        source.file("./ada/x/!", 1);
        // When
        Passes.Planned planned = passes.plan(Kind.SEED);
        // Then
        assertThat(planned.plan().cleared).containsExactly("./ada/x");
        assertThat(planned.plan().paths(true, false)).containsExactly("./ada/x");
        assertThat(planned.plan().attributes).containsExactly("./ada");
    }

    @Test
    void clearsTheTopmostOfWhatTheSourceLacksInTheFinalPassOnly() throws InterruptedException {
        // Given
        source.directory("./ada");
        source.directoryWithFiles("./ada/x", 2);
        source.directoryWithFiles("./bob", 2);
        passes.sync();
        source.remove("./ada/x");
        source.remove("./bob");
        // When
        Passes.Planned seed = passes.plan(Kind.SEED);
        Passes.Planned last = passes.plan(Kind.FINAL);
        // Then
        assertThat(seed.plan().cleared).isEmpty();
        assertThat(seed.totals().left()).isEqualTo(6);
        assertThat(seed.totals().touchesHomesDirectory()).isFalse();
        assertThat(last.plan().cleared).containsExactly("./ada/x", "./bob");
        assertThat(last.totals().cleared()).isEqualTo(6);
        assertThat(last.plan().attributes).containsExactly("./ada");
        assertThat(last.totals().touchesHomesDirectory()).isTrue();
    }

    @Test
    void tellsNeighboursFromWhatIsInADirectory() throws InterruptedException {
        // Given
        for (String path : List.of("./h", "./h/a", "./h/a!", "./h/a-b", "./h/ab")) {
            source.directoryWithFiles(path, 1);
        }
        passes.sync();
        target.remove("./h/a");
        source.remove("./h/a-b");
        // When
        Passes.Planned planned = passes.plan(Kind.FINAL);
        // Then
        assertThat(planned.plan().paths(false, false)).containsExactly("./h/a", "./h/a/100");
        assertThat(planned.plan().cleared).containsExactly("./h/a-b");
    }

    @Test
    void refusesAManifestThatIsNotInItsOrder() {
        // Given
        List<ManifestEntry> unsorted = List.of(
                ManifestEntry.parse("./b//f 644 1 1 1 1.0 1.0 1 1//"),
                ManifestEntry.parse("./a//f 644 1 1 1 1.0 1.0 2 1//"));
        PlanInput input = new PlanInput(
                Kind.SEED,
                ManifestStream.of(unsorted),
                ManifestStream.of(List.of()),
                ManifestStream.of(List.of()),
                BigDecimal.ZERO,
                LIMIT,
                Set.of());
        // When // Then
        assertThatThrownBy(() -> Planner.plan(input, new RecordedPlan()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not sorted");
    }
}
