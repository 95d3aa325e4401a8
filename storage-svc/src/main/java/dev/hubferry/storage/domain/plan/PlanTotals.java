package dev.hubferry.storage.domain.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a plan comes to.
 *
 * @param source everything in the source
 * @param copied what may be moved
 * @param forced how many files have to be compared by content
 * @param cleared how many entries of the target go, what is below directories included; some come back, as another type or inode
 * @param target entries of the target that were looked at
 * @param left entries of the target that the source lacks and that stay, since the pass is a seed pass
 * @param touchesHomesDirectory whether homes come or go, so that the attributes of the homes directory have to be set at the end
 * @param homes what may be moved of each home of the source, by name
 * @param broken inodes of the source whose hard links would not be right on the target afterwards; when there are any the plan is void, and
 *     another has to be made with these among {@link PlanInput#forced}
 * @param chunks all chunks; those that hold names of one inode together, since rsync sees hard links only within one run
 */
public record PlanTotals(
        Amount source,
        Amount copied,
        long forced,
        long cleared,
        long target,
        long left,
        boolean touchesHomesDirectory,
        Map<String, Amount> homes,
        Set<String> broken,
        List<Batch> chunks) {
    public PlanTotals {
        homes = new TreeMap<>(homes);
        broken = Set.copyOf(broken);
        chunks = List.copyOf(chunks);
    }
}
