package dev.hubferry.storage.domain.content;

import java.util.Optional;

/** Two streams of hashes as one. */
final class MergedHashes implements HashStream {
    private final HashStream older;
    private final HashStream newer;
    private Optional<ContentHash> left = Optional.empty();
    private Optional<ContentHash> right = Optional.empty();
    private boolean begun;

    MergedHashes(HashStream older, HashStream newer) {
        this.older = older;
        this.newer = newer;
    }

    @Override
    public Optional<ContentHash> next() throws InterruptedException {
        if (!begun) {
            begun = true;
            left = older.next();
            right = newer.next();
        }
        int order = order();
        Optional<ContentHash> next = order < 0 ? left : right;
        if (order <= 0) {
            left = older.next();
        }
        if (order >= 0) {
            right = newer.next();
        }
        return next;
    }

    private int order() {
        if (left.isEmpty()) {
            return 1;
        }
        return right.isEmpty() ? -1 : left.get().key().compareTo(right.get().key());
    }
}
