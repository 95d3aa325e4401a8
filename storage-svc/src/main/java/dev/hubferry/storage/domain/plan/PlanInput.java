package dev.hubferry.storage.domain.plan;

import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.manifest.Exclusions;
import dev.hubferry.storage.domain.manifest.ManifestStream;
import java.math.BigDecimal;
import java.util.Set;

/**
 * What a plan is made of. Each stream is read to its end, once.
 *
 * @param kind the final pass also clears what the source lacks
 * @param source as it is now
 * @param before the source as it was at the scan of the last complete pass; empty when nothing on the target is to be trusted
 * @param target as it is now: only homes that this migration made, since anything in it may be cleared
 * @param suspectFrom seconds since 1970; what has a ctime from here on may have changed after {@code before} without a new ctime, since
 *     clocks of file systems are coarse
 * @param limit of chunks
 * @param order of homes
 * @param exclusions what neither goes nor is touched; the streams have it
 * @param forced inodes of the source that are copied whatever they look like, see {@link PlanTotals#broken}
 */
public record PlanInput(
        PassReport.Kind kind,
        ManifestStream source,
        ManifestStream before,
        ManifestStream target,
        BigDecimal suspectFrom,
        ChunkLimit limit,
        HomeOrder order,
        Exclusions exclusions,
        Set<String> forced) {
    public PlanInput {
        forced = Set.copyOf(forced);
    }

    /** Of homes in any order, without exclusions. */
    public PlanInput(
            PassReport.Kind kind,
            ManifestStream source,
            ManifestStream before,
            ManifestStream target,
            BigDecimal suspectFrom,
            ChunkLimit limit,
            Set<String> forced) {
        this(kind, source, before, target, suspectFrom, limit, HomeOrder.ANY, Exclusions.NONE, forced);
    }
}
