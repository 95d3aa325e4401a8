package dev.hubferry.storage.domain.content;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a host says of files that it was asked to hash together.
 *
 * @param clocks what the clocks said before any of the files was looked at
 * @param files in the order of their keys
 * @param errors what its tools complained about; may be cut
 */
public record HashedBatch(Clocks clocks, List<HashedFile> files, String errors) {
    public HashedBatch {
        files = List.copyOf(files);
    }

    /**
     * @param host seconds since 1970 by the clock of the host
     * @param probeDevice number of the file system that the probe is on: a file of Hubferry's, just made, away from the homes
     * @param probe its ctime
     */
    public record Clocks(BigDecimal host, String probeDevice, BigDecimal probe) {}
}
