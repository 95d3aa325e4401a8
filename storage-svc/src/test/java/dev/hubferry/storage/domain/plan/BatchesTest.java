package dev.hubferry.storage.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final long MB = 1L << 20;

    private static Batch chunk(int number, boolean recursive, boolean forced, long entries, long bytes) {
        return new Batch(List.of(number), recursive, forced, entries, bytes);
    }

    private static List<Batch> chunks(int count, boolean recursive, boolean forced, long entries, long bytes) {
        List<Batch> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chunks.add(chunk(i, recursive, forced, entries, bytes));
        }
        return chunks;
    }

    @Test
    void makesNoBatchOfNothing() {
        assertThat(Batches.divide(List.of(), 4)).isEmpty();
    }

    @Test
    void makesOneBatchOfASmallPlanWhateverIsInIt() {
        // Given
        List<Batch> small = List.of(
                chunk(0, true, false, 40, MB), chunk(1, false, true, 10, MB), chunk(2, false, false, 900, 2 * MB));
        // When // Then
        assertThat(Batches.divide(small, 4)).containsExactly(new Batch(List.of(0, 1, 2), true, true, 950, 4 * MB));
    }

    @Test
    void givesFourWorkersAboutSixteenBatchesOfAHundredMegabytes() {
        // Given
        List<Batch> chunks = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            chunks.add(chunk(i, true, false, 50 + i, MB + i * 22_000L));
        }
        // When
        List<Batch> batches = Batches.divide(chunks, 4);
        // Then
        assertThat(batches).hasSizeBetween(8, 16);
        assertThat(batches.getFirst().weight()).isLessThan(batches.getLast().weight() * 3 / 2);
    }

    @Test
    void givesTheWhaleABatchOfItsOwnAndStartsItFirst() {
        // Given
        List<Batch> chunks = new ArrayList<>(chunks(20, true, false, 10, 5 * MB));
        chunks.add(chunk(20, true, false, 1, 400 * MB));
        // When
        List<Batch> batches = Batches.divide(chunks, 2);
        // Then
        assertThat(batches.getFirst().chunks()).containsExactly(20);
    }

    @Test
    void keepsForcedChunksAndSubtreesApart() {
        // Given
        List<Batch> chunks = List.of(
                chunk(0, true, false, 10, 50 * MB),
                chunk(1, false, false, 10, 50 * MB),
                chunk(2, false, true, 1, 1),
                chunk(3, false, true, 10, 50 * MB));
        // When
        List<Batch> batches = Batches.divide(chunks, 1);
        // Then
        assertThat(batches)
                .containsExactlyInAnyOrder(
                        chunks.get(0), chunks.get(1), new Batch(List.of(2, 3), false, true, 11, 50 * MB + 1));
    }

    @Test
    void makesBatchesThatCanBeSentAgainWhenTheyAreCutOff() {
        assertThat(Batches.divide(chunks(5_000, true, false, 100, 8 * MB), 4))
                .hasSizeBetween(80, 100)
                .allSatisfy(batch -> assertThat(batch.weight()).isLessThan(600 * MB));
        assertThat(Batches.divide(chunks(5_000, true, false, 1, 1_000 * MB), 4)).hasSize(256);
    }

    @Test
    void doesNotMakeABatchOfEveryCrumb() {
        assertThat(Batches.divide(chunks(100, false, false, 1, 100_000), 8)).hasSizeBetween(1, 3);
    }

    @Test
    void takesNamedHomesInTheirOrderAndTheOthersLongestFirst() {
        // Given the homes 2, 1 and 0 were named in this order, and home 1 is a whale of three chunks
        List<Batch> chunks = List.of(
                ranked(0, 10 * MB, 2),
                ranked(1, 10 * MB, 1),
                ranked(2, 30 * MB, 1),
                ranked(3, 20 * MB, 1),
                ranked(4, 10 * MB, 0),
                ranked(5, 20 * MB, HomeOrder.UNNAMED),
                ranked(6, 60 * MB, HomeOrder.UNNAMED));
        // When
        List<Batch> batches = Batches.divide(chunks, 2);
        // Then
        assertThat(batches)
                .extracting(Batch::chunks)
                .containsExactly(List.of(2, 4), List.of(3), List.of(1), List.of(0), List.of(6), List.of(5));
    }

    @Test
    void putsTheHomesOfManyIntoFewBatches() {
        // Given
        List<Batch> chunks = IntStream.range(0, 2_000)
                .mapToObj(i -> ranked(i, MB, 1_999 - i))
                .toList();
        // When
        List<Batch> batches = Batches.divide(chunks, 4);
        // Then
        assertThat(batches).hasSize(16);
        assertThat(batches.getFirst().chunks()).first().isEqualTo(1_875);
        assertThat(batches).allSatisfy(batch -> assertThat(batch.chunks()).hasSize(125));
    }

    private static Batch ranked(int number, long bytes, int rank) {
        return new Batch(List.of(number), true, false, 1, bytes, rank);
    }

    @Provide
    Arbitrary<List<Batch>> plans() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(1, 5_000),
                        Arbitraries.longs().between(0, 100 * MB),
                        Arbitraries.frequencyOf(
                                Tuple.of(1, Arbitraries.just(HomeOrder.UNNAMED)),
                                Tuple.of(1, Arbitraries.integers().between(0, 9))))
                .as((size, recursive, forced, entries, bytes, rank) ->
                        new Batch(Collections.nCopies(size, 0), recursive, forced, entries, bytes, rank))
                .list()
                .ofMaxSize(60)
                .map(BatchesTest::numbered)
                .withoutEdgeCases();
    }

    private static List<Batch> numbered(List<Batch> groups) {
        List<Batch> numbered = new ArrayList<>();
        int next = 0;
        for (Batch group : groups) {
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < group.chunks().size(); i++) {
                numbers.add(next++);
            }
            numbered.add(new Batch(
                    numbers, group.recursive(), group.forced(), group.entries(), group.bytes(), group.rank()));
        }
        return numbered;
    }

    @Property(tries = 500)
    void putsEveryChunkIntoOneBatchWithItsGroupNamedOnesInTheirOrderThenLongestFirst(
            @ForAll("plans") List<Batch> groups, @ForAll @IntRange(min = 1, max = 9) int workers) {
        // When
        List<Batch> batches = Batches.divide(groups, workers);
        // Then
        List<Integer> all =
                batches.stream().flatMap(batch -> batch.chunks().stream()).toList();
        assertThat(all).doesNotHaveDuplicates();
        assertThat(Set.copyOf(all))
                .isEqualTo(groups.stream()
                        .flatMap(group -> group.chunks().stream())
                        .collect(Collectors.toSet()));
        assertThat(groups)
                .allSatisfy(group -> assertThat(batches)
                        .anySatisfy(batch ->
                                assertThat(new HashSet<>(batch.chunks())).containsAll(group.chunks())));
        assertThat(batches)
                .isSortedAccordingTo(Comparator.comparingInt(Batch::rank)
                        .thenComparing(Comparator.comparingLong(Batch::weight).reversed()));
        long weight = groups.stream().mapToLong(Batch::weight).sum();
        assertThat((long) batches.size()).isLessThanOrEqualTo(2 * (Math.max(workers * 4L, weight / (512 * MB)) + 4));
        assertThat(batches.stream().mapToLong(Batch::bytes).sum())
                .isEqualTo(groups.stream().mapToLong(Batch::bytes).sum());
        if (batches.size() > 1) {
            assertThat(batches).noneMatch(batch -> holdsNamedAndOthers(batch, groups));
        }
    }

    private static boolean holdsNamedAndOthers(Batch batch, List<Batch> groups) {
        return groups.stream()
                        .filter(group -> batch.chunks().containsAll(group.chunks()))
                        .map(group -> group.rank() == HomeOrder.UNNAMED)
                        .distinct()
                        .count()
                > 1;
    }
}
