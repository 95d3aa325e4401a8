package dev.hubferry.storage.domain.plan;

import java.util.List;

/**
 * Chunks that are copied by one run of rsync, or one tar stream.
 *
 * @param chunks their numbers, ascending
 * @param recursive whether directories among the paths mean all that is below them; so it may be for chunks that are not recursive too, as
 *     their directories are listed with all that is in them
 * @param forced whether content is compared even when size and mtime are the same
 * @param rank of the first of its homes in the {@link HomeOrder}
 */
public record Batch(List<Integer> chunks, boolean recursive, boolean forced, long entries, long bytes, int rank) {
    /** What an entry costs besides its bytes: a tiny file takes as long as this many bytes. */
    public static final long ENTRY_WEIGHT = 16_384;

    public Batch {
        chunks = List.copyOf(chunks);
        if (chunks.isEmpty()) {
            throw new IllegalArgumentException("a batch holds at least one chunk");
        }
    }

    /** Of homes that nobody named. */
    Batch(List<Integer> chunks, boolean recursive, boolean forced, long entries, long bytes) {
        this(chunks, recursive, forced, entries, bytes, HomeOrder.UNNAMED);
    }

    static Batch of(Chunk chunk) {
        return new Batch(
                List.of(chunk.number()),
                chunk.recursive(),
                chunk.forced(),
                chunk.entries(),
                chunk.bytes(),
                chunk.rank());
    }

    static Batch of(List<Batch> parts) {
        return new Batch(
                parts.stream().flatMap(part -> part.chunks.stream()).sorted().toList(),
                parts.stream().anyMatch(Batch::recursive),
                parts.stream().anyMatch(Batch::forced),
                parts.stream().mapToLong(Batch::entries).sum(),
                parts.stream().mapToLong(Batch::bytes).sum(),
                parts.stream().mapToInt(Batch::rank).min().orElse(HomeOrder.UNNAMED));
    }

    /** In bytes: about how long it takes, compared with others. */
    public long weight() {
        return bytes + entries * ENTRY_WEIGHT;
    }
}
