package dev.hubferry.storage.domain.plan;

import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A manifest, by path. */
record Listing(Map<String, ManifestEntry> entries) {
    static Listing of(List<ManifestEntry> manifest) {
        return new Listing(manifest.stream().collect(Collectors.toMap(ManifestEntry::path, Function.identity())));
    }

    Set<String> paths() {
        return entries.keySet();
    }

    boolean has(String path) {
        return entries.containsKey(path);
    }

    ManifestEntry get(String path) {
        ManifestEntry entry = entries.get(path);
        if (entry == null) {
            throw new AssertionError("not in the manifest: " + path);
        }
        return entry;
    }
}
