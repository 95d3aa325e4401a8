package dev.hubferry.storage.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every plan, whatever happened to the trees; {@link PlannerTest} has the cases one by one. */
class PlanPropertiesTest {
    private static final int TRIES = 500;

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Scenario.any();
    }

    @Property(tries = TRIES)
    void finalPassMakesBothTreesEqual(@ForAll("scenarios") Scenario scenario) throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass();
        Assume.that(!Scenario.isDamagedInvisibly(passes));
        // When
        passes.carryOut(passes.plan(PassReport.Kind.FINAL));
        // Then
        assertThat(passes.target.faces()).isEqualTo(passes.source.faces());
    }

    @Property(tries = TRIES)
    void seedPassMakesEverythingInTheSourceEqual(@ForAll("scenarios") Scenario scenario) throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass();
        Assume.that(!Scenario.isDamagedInvisibly(passes));
        Set<String> files = new TreeSet<>(passes.source.nodes().keySet());
        Map<Long, Integer> names = new HashMap<>();
        passes.target.nodes().values().forEach(node -> names.merge(node.inode, 1, Integer::sum));
        passes.target.nodes().values().stream()
                .filter(node -> !node.isFile() && names.getOrDefault(node.inode, 0) > 1)
                .findAny()
                .ifPresent(shared ->
                        files.removeIf(path -> !passes.source.get(path).isFile()));
        // When
        passes.carryOut(passes.plan(PassReport.Kind.SEED));
        // Then
        assertThat(passes.target.faces(files)).isEqualTo(passes.source.faces(files));
    }

    @Property(tries = TRIES)
    void nothingIsLeftToDoAfterTheFinalPass(@ForAll("scenarios") Scenario scenario) throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass();
        passes.source.tick();
        passes.carryOut(passes.plan(PassReport.Kind.FINAL));
        // When
        Passes.Planned again = passes.plan(PassReport.Kind.FINAL);
        // Then
        assertThat(again.plan().isEmpty()).isTrue();
        assertThat(again.totals().copied()).isEqualTo(Amount.NONE);
    }

    @Property(tries = TRIES)
    void copiesWhatIsNewOrChangedOnceAndNothingElse(@ForAll("scenarios") Scenario scenario)
            throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass();
        // When
        Passes.Planned planned = passes.plan(PassReport.Kind.FINAL);
        // Then
        List<String> expected = planned.source().stream()
                .filter(entry -> isToBeCopied(entry, planned, passes))
                .map(ManifestEntry::path)
                .toList();
        List<String> copied = new ArrayList<>(planned.plan().made);
        planned.plan().chunks.forEach(chunk -> copied.addAll(cover(chunk, planned.source())));
        assertThat(copied).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(planned.totals().copied().entries()).isEqualTo(copied.size());
    }

    private static boolean isToBeCopied(ManifestEntry entry, Passes.Planned planned, Passes passes) {
        Listing target = Listing.of(planned.target());
        if (!target.has(entry.path()) || target.get(entry.path()).type() != entry.type()) {
            return true;
        }
        return !entry.isDirectory()
                && (isChanged(entry, target, passes) || planned.forced().contains(entry.inode()));
    }

    private static boolean isChanged(ManifestEntry entry, Listing target, Passes passes) {
        boolean asBefore = passes.before().stream().map(ManifestEntry::record).anyMatch(entry.record()::equals);
        return !asBefore
                || new BigDecimal(entry.ctime()).longValue() >= passes.suspectFrom()
                || !entry.looksLike(target.get(entry.path()));
    }

    private static List<String> cover(Chunk chunk, List<ManifestEntry> source) {
        List<String> cover = new ArrayList<>(chunk.paths());
        for (String path : chunk.recursive() ? chunk.paths() : List.<String>of()) {
            source.stream()
                    .map(ManifestEntry::path)
                    .filter(below -> below.startsWith(path + "/"))
                    .forEach(cover::add);
        }
        return cover;
    }

    @Property(tries = TRIES)
    void setsAttributesOfDirectoriesThatChangedOrInWhichSomethingIsDone(@ForAll("scenarios") Scenario scenario)
            throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass();
        // When
        Passes.Planned planned = passes.plan(PassReport.Kind.FINAL);
        // Then
        Listing source = Listing.of(planned.source());
        Listing target = Listing.of(planned.target());
        RecordedPlan plan = planned.plan();
        Set<String> expected = new HashSet<>(plan.made);
        List<String> done = new ArrayList<>(plan.made);
        done.addAll(plan.cleared);
        plan.chunks.forEach(chunk -> done.addAll(chunk.paths()));
        done.forEach(path -> expected.add(ModelTree.above(path)));
        plan.paths(false, false).stream()
                .filter(path -> source.get(path).isDirectory())
                .forEach(expected::add);
        planned.source().stream()
                .filter(ManifestEntry::isDirectory)
                .filter(entry ->
                        target.has(entry.path()) && target.get(entry.path()).isDirectory())
                .filter(entry -> isChanged(entry, target, passes))
                .forEach(entry -> expected.add(entry.path()));
        assertThat(planned.totals().touchesHomesDirectory()).isEqualTo(expected.remove("."));
        assertThat(plan.attributes).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Property(tries = TRIES)
    void finalPassDeletesWhatRsyncWouldDelete(@ForAll("scenarios") Scenario scenario) throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass();
        Set<String> surplus = new TreeSet<>(passes.target.nodes().keySet());
        surplus.removeAll(passes.source.nodes().keySet());
        // When
        Passes.Planned planned = passes.plan(PassReport.Kind.FINAL);
        // Then
        List<String> deleted = deleted(planned);
        List<String> comesBack = new ArrayList<>(deleted);
        comesBack.removeAll(surplus);
        assertThat(deleted).containsAll(surplus).doesNotHaveDuplicates();
        assertThat(comesBack)
                .allSatisfy(path -> assertThat(mayComeBack(path, planned)).isTrue());
        assertThat(planned.totals().cleared()).isEqualTo(deleted.size());
        assertThat(planned.totals().left()).isZero();
        assertThat(planned.totals().target()).isEqualTo(planned.target().size());
    }

    private static List<String> deleted(Passes.Planned planned) {
        List<String> deleted = new ArrayList<>();
        for (String cleared : planned.plan().cleared) {
            planned.target().stream()
                    .filter(entry -> (entry.path() + "/").startsWith(cleared + "/"))
                    .forEach(entry -> deleted.add(entry.path()));
        }
        return deleted;
    }

    /** As another type; or as a new inode, which rsync makes for files only. */
    private static boolean mayComeBack(String path, Passes.Planned planned) {
        ManifestEntry here = Listing.of(planned.source()).get(path);
        ManifestEntry there = Listing.of(planned.target()).get(path);
        return here.type() != there.type() || !here.isFile() && there.mayBeLinked();
    }

    @Property(tries = TRIES)
    void seedPassClearsOnlyWhatHasAnotherType(@ForAll("scenarios") Scenario scenario) throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass();
        // When
        Passes.Planned planned = passes.plan(PassReport.Kind.SEED);
        // Then
        Listing source = Listing.of(planned.source());
        Listing target = Listing.of(planned.target());
        List<String> expected = source.paths().stream()
                .filter(path -> target.has(path)
                        && target.get(path).type() != source.get(path).type())
                .toList();
        assertThat(planned.plan().cleared).containsExactlyInAnyOrderElementsOf(expected);
        Set<String> surplus = new HashSet<>(target.paths());
        surplus.removeAll(source.paths());
        surplus.removeAll(deleted(planned));
        assertThat(planned.totals().left()).isEqualTo(surplus.size());
    }

    @Property(tries = TRIES)
    void chunksStayWithinTheirLimitsAndAddUp(@ForAll("scenarios") Scenario scenario) throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass();
        // When
        Passes.Planned planned = passes.plan(PassReport.Kind.SEED);
        // Then
        List<Chunk> chunks = planned.plan().chunks;
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.entries()).isEqualTo(cover(chunk, planned.source()).size());
            assertThat(chunk.entries()).isLessThanOrEqualTo(scenario.limit().entries());
            assertThat(chunk.entries() == 1 || chunk.bytes() <= scenario.limit().bytes())
                    .isTrue();
        });
        assertThat(chunks.stream().mapToLong(Chunk::bytes).sum())
                .isEqualTo(planned.totals().copied().bytes());
        assertThat(planned.totals().homes().values().stream()
                        .mapToLong(Amount::bytes)
                        .sum())
                .isEqualTo(planned.totals().copied().bytes());
        assertThat(planned.totals().source()).isEqualTo(amount(planned.source()));
    }

    private static Amount amount(List<ManifestEntry> entries) {
        Map<String, Long> files = new HashMap<>();
        entries.stream().filter(ManifestEntry::isFile).forEach(entry -> files.put(entry.inode(), entry.size()));
        long bytes = files.values().stream().mapToLong(Long::longValue).sum();
        return new Amount(entries.size(), files.size(), bytes);
    }

    @Property(tries = TRIES)
    void keepsNamesOfAnInodeTogetherAndDividesEveryChunkOnce(@ForAll("scenarios") Scenario scenario)
            throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass();
        // When
        Passes.Planned planned = passes.plan(PassReport.Kind.FINAL);
        // Then
        Listing source = Listing.of(planned.source());
        Map<String, Integer> holders = new HashMap<>();
        List<Integer> numbers = new ArrayList<>();
        for (Batch batch : planned.totals().chunks()) {
            numbers.addAll(batch.chunks());
            for (int number : batch.chunks()) {
                Chunk chunk = planned.plan().chunks.get(number);
                assertThat(chunk.number()).isEqualTo(number);
                for (String path : cover(chunk, planned.source())) {
                    ManifestEntry entry = source.get(path);
                    int first = batch.chunks().getFirst();
                    assertThat(holders.merge(entry.inode(), first, (one, other) -> one))
                            .isEqualTo(first);
                }
            }
        }
        Collections.sort(numbers);
        assertThat(numbers)
                .isEqualTo(planned.plan().chunks.stream().map(Chunk::number).toList());
    }

    @Property(tries = 200)
    void plansTheSameTwice(@ForAll("scenarios") Scenario scenario) throws InterruptedException {
        // Given
        Passes passes = scenario.beforeFinalPass();
        // When
        Passes.Planned one = passes.plan(PassReport.Kind.FINAL);
        Passes.Planned other = passes.plan(PassReport.Kind.FINAL);
        // Then
        assertThat(other.plan()).usingRecursiveComparison().isEqualTo(one.plan());
        assertThat(other.totals()).isEqualTo(one.totals());
    }
}
