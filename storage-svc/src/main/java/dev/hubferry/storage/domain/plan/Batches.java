package dev.hubferry.storage.domain.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Divides the chunks of a plan into batches of about the same weight.
 *
 * <p>A small plan is one batch. In a larger one, what is compared by content stays apart from what is not, so that a batch that is begun
 * again after a lost connection passes over what it has already copied; and subtrees stay apart from lists of files. So do homes that were named to go
 * first ({@link HomeOrder}) from all others: their batches are runs of these homes in their order.
 */
public final class Batches {
    private static final long SMALL_BYTES = 16L << 20;
    private static final long SMALL_ENTRIES = 4_000;
    private static final int BATCHES_FOR_A_WORKER = 4;
    /** Less is not worth a run of its own. */
    private static final long WORTHWHILE = 4L << 20;

    /** A tar stream that is cut off is sent again from its beginning, so a batch is not much more than this while there are not too many. */
    private static final long AT_ONCE = 512L << 20;

    private static final long MOST = 256;

    private static final Comparator<Batch> LONGEST_FIRST = Comparator.comparingLong(Batch::weight)
            .reversed()
            .thenComparing(batch -> batch.chunks().getFirst());

    private static final Comparator<Batch> IN_TURN =
            Comparator.comparingInt(Batch::rank).thenComparing(LONGEST_FIRST);

    private record Sort(boolean recursive, boolean forced) {}

    private Batches() {}

    /**
     * @param chunks as {@link PlanTotals#chunks} has them: those that stand together stay together
     * @return every chunk in exactly one batch; those of homes that go first in their order, then the others, longest first
     */
    public static List<Batch> divide(List<Batch> chunks, int workers) {
        if (chunks.isEmpty()) {
            return List.of();
        }
        Batch all = Batch.of(chunks);
        if (all.bytes() <= SMALL_BYTES && all.entries() <= SMALL_ENTRIES) {
            return List.of(all);
        }
        Map<Boolean, List<Batch>> named =
                chunks.stream().collect(Collectors.partitioningBy(chunk -> chunk.rank() != HomeOrder.UNNAMED));
        return Stream.concat(
                        bySort(named.getOrDefault(true, List.of()), workers, Batches::line),
                        bySort(named.getOrDefault(false, List.of()), workers, Batches::spread))
                .sorted(IN_TURN)
                .toList();
    }

    private static Stream<Batch> bySort(
            List<Batch> chunks, int workers, BiFunction<List<Batch>, Integer, List<Batch>> divide) {
        if (chunks.isEmpty()) {
            return Stream.of();
        }
        Batch all = Batch.of(chunks);
        long even = Math.clamp(all.weight() / WORTHWHILE, 1, workers * BATCHES_FOR_A_WORKER);
        long wanted = Math.clamp(all.weight() / AT_ONCE, even, Math.max(even, MOST));
        Collection<List<Batch>> sorts = chunks.stream()
                .collect(Collectors.groupingBy(chunk -> new Sort(chunk.recursive(), chunk.forced())))
                .values();
        return sorts.stream().flatMap(sort -> divide.apply(sort, share(sort, all, wanted)).stream());
    }

    private static int share(List<Batch> sort, Batch all, long wanted) {
        double part = (double) Batch.of(sort).weight() / all.weight();
        return (int) Math.clamp(Math.round(part * wanted), 1, sort.size());
    }

    /** The longest first, always to the lightest. */
    private static List<Batch> spread(List<Batch> chunks, int count) {
        PriorityQueue<Bin> lightestFirst =
                new PriorityQueue<>(Comparator.comparingLong(Bin::weight).thenComparing(Bin::number));
        for (int i = 0; i < count; i++) {
            lightestFirst.add(new Bin(i, 0, new ArrayList<>()));
        }
        for (Batch chunk : chunks.stream().sorted(LONGEST_FIRST).toList()) {
            lightestFirst.add(lightestFirst.remove().with(chunk));
        }
        return lightestFirst.stream().map(bin -> Batch.of(bin.chunks)).toList();
    }

    /** In their order, cut where another part of the whole weight begins. */
    private static List<Batch> line(List<Batch> chunks, int count) {
        long whole = Batch.of(chunks).weight();
        List<List<Batch>> parts = new ArrayList<>();
        long before = 0;
        long part = -1;
        for (Batch chunk : chunks.stream().sorted(IN_TURN).toList()) {
            long now = (long) ((double) before / whole * count);
            if (now != part) {
                parts.add(new ArrayList<>());
                part = now;
            }
            parts.getLast().add(chunk);
            before += chunk.weight();
        }
        return parts.stream().map(Batch::of).toList();
    }

    private record Bin(int number, long weight, List<Batch> chunks) {
        Bin with(Batch chunk) {
            chunks.add(chunk);
            return new Bin(number, weight + chunk.weight(), chunks);
        }
    }
}
