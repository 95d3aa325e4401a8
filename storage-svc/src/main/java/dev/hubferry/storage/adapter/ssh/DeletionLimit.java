package dev.hubferry.storage.adapter.ssh;

/**
 * How much a pass may delete on the target before somebody should look: a source that is mounted in part looks like one that was tidied up.
 *
 * @param share of the entries on the target, from 0 to 1
 * @param always as many entries may be deleted in any case
 */
public record DeletionLimit(double share, long always) {
    public DeletionLimit {
        if (share < 0 || share > 1) {
            throw new IllegalArgumentException("the share that may be deleted must be from 0 to 1, but was " + share);
        }
    }

    boolean allow(long deletions, long entries) {
        return deletions <= always || deletions <= share * entries;
    }

    @Override
    public String toString() {
        return "%.0f %% and %d".formatted(share * 100, always);
    }
}
