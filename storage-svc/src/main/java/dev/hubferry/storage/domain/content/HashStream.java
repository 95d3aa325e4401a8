package dev.hubferry.storage.domain.content;

import java.util.Iterator;
import java.util.Optional;

/** Hashes in the order of their keys, each path once. */
@FunctionalInterface
public interface HashStream {
    /** The next one, empty after the last. */
    Optional<ContentHash> next() throws InterruptedException;

    static HashStream of(Iterable<ContentHash> hashes) {
        Iterator<ContentHash> iterator = hashes.iterator();
        return () -> iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
    }

    /** Both together; where both have a path, the newer one's. */
    static HashStream merged(HashStream older, HashStream newer) {
        return new MergedHashes(older, newer);
    }
}
