package dev.hubferry.storage.domain.plan;

import java.util.List;

/**
 * A piece of copying that is never divided further.
 *
 * @param number by which {@link PlanTotals} and batches speak of it
 * @param paths of what to copy: a directory means everything below it when the chunk is recursive, else only itself
 * @param recursive whether directories among the paths mean all that is below them
 * @param forced whether content has to be compared even when size and mtime are the same
 * @param entries that it holds, what is below directories included
 * @param bytes of files in it, hard links counted once
 * @param rank of its homes in the {@link HomeOrder}
 */
public record Chunk(
        int number, List<String> paths, boolean recursive, boolean forced, long entries, long bytes, int rank) {
    public Chunk {
        paths = List.copyOf(paths);
    }

    /** Of homes that nobody named. */
    Chunk(int number, List<String> paths, boolean recursive, boolean forced, long entries, long bytes) {
        this(number, paths, recursive, forced, entries, bytes, HomeOrder.UNNAMED);
    }

    /** The homes that it has something of. */
    public List<String> homes() {
        return paths.stream()
                .map(path -> path.substring("./".length()).split("/", 2)[0])
                .distinct()
                .toList();
    }

    /** About how long it takes, as that of a {@link Batch}. */
    public long weight() {
        return Batch.of(this).weight();
    }
}
