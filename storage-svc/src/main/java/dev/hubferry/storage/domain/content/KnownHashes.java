package dev.hubferry.storage.domain.content;

import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.Optional;

/** Finds the hashes of entries that are asked for in their order. */
public final class KnownHashes {
    private final HashStream hashes;
    private Optional<ContentHash> ahead = Optional.empty();
    private boolean begun;

    public KnownHashes(HashStream hashes) {
        this.hashes = hashes;
    }

    /** The hash of an entry that is in the state in which it was hashed. */
    public Optional<ContentHash> of(ManifestEntry entry) throws InterruptedException {
        if (!begun) {
            begun = true;
            ahead = hashes.next();
        }
        String key = entry.key();
        while (ahead.isPresent() && ahead.get().key().compareTo(key) < 0) {
            ahead = hashes.next();
        }
        return ahead.filter(hash -> hash.isOf(entry));
    }
}
