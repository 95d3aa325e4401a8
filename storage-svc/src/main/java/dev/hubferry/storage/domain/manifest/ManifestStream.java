package dev.hubferry.storage.domain.manifest;

import dev.hubferry.storage.domain.Refusal;
import java.util.Iterator;
import java.util.Optional;

/** Entries of a manifest in their order, each path once. */
@FunctionalInterface
public interface ManifestStream {
    /**
     * @return the next entry, empty after the last
     * @throws Refusal when the manifest could not be read to its end
     */
    Optional<ManifestEntry> next() throws InterruptedException;

    static ManifestStream of(Iterable<ManifestEntry> entries) {
        Iterator<ManifestEntry> iterator = entries.iterator();
        return () -> iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
    }
}
