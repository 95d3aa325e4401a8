package dev.hubferry.storage.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.manifest.Exclusions;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import dev.hubferry.storage.domain.manifest.ManifestStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every plan when something is not to be moved, whatever happened to the trees. */
class ExclusionPropertiesTest {
    private static final int TRIES = 500;

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Scenario.any();
    }

    /** Of the names in {@link Mutation}. */
    @Provide
    Arbitrary<Exclusions> exclusions() {
        return Arbitraries.of("a", "b", "a?", "*b", "[! ]", "a/b", "?/a*", "*/*/a", "x\ny", "?/?")
                .set()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(patterns -> Exclusions.of(new HomesOptions(List.copyOf(patterns), Optional.empty(), Set.of())));
    }

    @Property(tries = TRIES)
    void finalPassMakesAllElseEqual(@ForAll("scenarios") Scenario scenario, @ForAll("exclusions") Exclusions exclusions)
            throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass(exclusions);
        Assume.that(!Scenario.isDamagedInvisibly(passes));
        // When
        passes.carryOut(passes.plan(PassReport.Kind.FINAL));
        // Then
        Set<String> moved = passes.moved(passes.source);
        assertThat(passes.moved(passes.target)).isEqualTo(moved);
        assertThat(passes.target.faces(moved)).isEqualTo(passes.source.faces(moved));
    }

    @Property(tries = TRIES)
    void finalPassNeitherBringsNorTakesWhatIsExcluded(
            @ForAll("scenarios") Scenario scenario, @ForAll("exclusions") Exclusions exclusions)
            throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass(exclusions);
        Map<String, ModelNode> before = passes.target.nodes();
        // When
        Passes.Planned planned = passes.plan(PassReport.Kind.FINAL);
        passes.carryOut(planned);
        // Then
        Exclusions.Sieve sieve = exclusions.sieve();
        assertThat(planned.plan().cleared).noneMatch(sieve::holds);
        Set<String> expected = new TreeSet<>(before.keySet());
        expected.removeIf(path -> !sieve.holds(path) || goesWithItsDirectory(path, planned));
        Map<String, ModelNode> after = passes.target.nodes();
        Set<String> standing = new TreeSet<>(after.keySet());
        standing.removeIf(path -> !sieve.holds(path));
        assertThat(standing).isEqualTo(expected);
        assertThat(standing).allSatisfy(path -> assertThat(after.get(path)).isSameAs(before.get(path)));
    }

    /** What is in a directory that the source lacks, or has as another type, cannot stay without it. */
    private static boolean goesWithItsDirectory(String path, Passes.Planned planned) {
        return planned.plan().cleared.stream().anyMatch(cleared -> path.startsWith(cleared + "/"));
    }

    @Property(tries = TRIES)
    void noBatchHoldsWhatIsExcluded(@ForAll("scenarios") Scenario scenario, @ForAll("exclusions") Exclusions exclusions)
            throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass(exclusions);
        // When
        Passes.Planned planned = passes.plan(PassReport.Kind.SEED);
        // Then
        Exclusions.Sieve sieve = exclusions.sieve();
        for (Batch batch : planned.batches()) {
            for (int number : batch.chunks()) {
                for (String path : planned.plan().chunks.get(number).paths()) {
                    assertThat(sieve.holds(path)).as(path).isFalse();
                    assertThat(planned.source().stream().map(ManifestEntry::path))
                            .noneMatch(
                                    below -> batch.recursive() && below.startsWith(path + "/") && sieve.holds(below));
                }
            }
        }
        assertThat(planned.plan().made).noneMatch(sieve::holds);
        assertThat(planned.plan().attributes).noneMatch(sieve::holds).doesNotHaveDuplicates();
    }

    @Property(tries = TRIES)
    void doesWhatItWouldDoIfWhatIsExcludedWereNotThere(
            @ForAll("scenarios") Scenario scenario, @ForAll("exclusions") Exclusions exclusions)
            throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass(exclusions);
        // When
        Passes.Planned planned = passes.plan(PassReport.Kind.FINAL);
        // Then
        PlanInput without = new PlanInput(
                PassReport.Kind.FINAL,
                exclusions.from(ManifestStream.of(planned.source())),
                ManifestStream.of(passes.before()),
                exclusions.from(ManifestStream.of(planned.target())),
                BigDecimal.valueOf(passes.suspectFrom()),
                scenario.limit(),
                planned.forced());
        PlanTotals expected = Planner.plan(without, new RecordedPlan());
        assertThat(planned.totals())
                .usingRecursiveComparison()
                .ignoringFields("chunks")
                .isEqualTo(expected);
    }

    @Property(tries = TRIES)
    void nothingIsLeftToDoAfterTheFinalPass(
            @ForAll("scenarios") Scenario scenario, @ForAll("exclusions") Exclusions exclusions)
            throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass(exclusions);
        passes.source.tick();
        passes.carryOut(passes.plan(PassReport.Kind.FINAL));
        // When
        Passes.Planned again = passes.plan(PassReport.Kind.FINAL);
        // Then
        assertThat(again.plan().isEmpty()).isTrue();
    }
}
