package dev.hubferry.storage.domain.plan;

/**
 * How large a chunk may become. Only a single file may be larger.
 *
 * @param bytes of files
 * @param entries that it holds; it is also how many paths a plan keeps in memory at a time
 */
public record ChunkLimit(long bytes, long entries) {
    public ChunkLimit {
        if (bytes < 1 || entries < 1) {
            throw new IllegalArgumentException(
                    "a chunk must hold something, but may have " + bytes + " bytes and " + entries + " entries");
        }
    }
}
