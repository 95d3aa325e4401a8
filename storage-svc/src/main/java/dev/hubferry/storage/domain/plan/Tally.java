package dev.hubferry.storage.domain.plan;

import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts while a plan is made. */
final class Tally {
    private final Map<String, Amount> homes = new HashMap<>();
    private Amount source = Amount.NONE;
    private Amount copied = Amount.NONE;
    private long forced;
    private long target;
    private long left;
    private boolean touchesHomesDirectory;

    /** @param first whether no other name of the entry was counted before */
    void source(ManifestEntry entry, boolean first) {
        source = source.plus(amount(entry, first));
        homes.putIfAbsent(entry.home(), Amount.NONE);
    }

    /** @param first whether no other name of the entry was counted before */
    void copied(ManifestEntry entry, boolean first) {
        Amount amount = amount(entry, first);
        copied = copied.plus(amount);
        homes.merge(entry.home(), amount, Amount::plus);
    }

    private static Amount amount(ManifestEntry entry, boolean first) {
        boolean counts = first && entry.isFile();
        return new Amount(1, counts ? 1 : 0, counts ? entry.size() : 0);
    }

    void forced() {
        forced++;
    }

    void target() {
        target++;
    }

    void left() {
        left++;
    }

    void touchHomesDirectory() {
        touchesHomesDirectory = true;
    }

    PlanTotals totals(long cleared, Set<String> broken, List<Batch> chunks) {
        return new PlanTotals(
                source, copied, forced, cleared, target, left, touchesHomesDirectory, homes, broken, chunks);
    }
}
