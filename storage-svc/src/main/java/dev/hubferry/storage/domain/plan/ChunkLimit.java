package dev.hubferry.storage.domain.plan;

/**
 * How large a chunk may become. Only a single file may be larger.
 *
 * @param bytes of files
 * @param entries that it holds; it is also how many paths a plan keeps in memory at a time
 */
public record ChunkLimit(long bytes, long entries) {
    private static final long PIECES_FOR_A_WORKER = 16;

    public ChunkLimit {
        if (bytes < 1 || entries < 1) {
            throw new IllegalArgumentException(
                    "a chunk must hold something, but may have " + bytes + " bytes and " + entries + " entries");
        }
    }

    /** Small enough that workers end at about the same time, and not smaller than is worth a name. */
    public static ChunkLimit forTree(long bytes, long entries, int workers) {
        long pieces = workers * PIECES_FOR_A_WORKER;
        return new ChunkLimit(
                Math.clamp(bytes / pieces, 4L << 20, 1L << 30), Math.clamp(entries / pieces, 250, 20_000));
    }
}
