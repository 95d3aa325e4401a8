package dev.hubferry.storage.domain;

import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.HashMap;
import java.util.Map;

/** Remembers the first path of each inode of one tree that has more than one name, and nothing else. */
public final class Leaders {
    private final Map<String, String> first = new HashMap<>();

    /** The first path of the entry's hard-link group; its own when it has no other name in the tree so far. */
    public String of(ManifestEntry entry) {
        if (!entry.mayBeLinked()) {
            return entry.path();
        }
        // Homes may lie on several file systems, and those number their inodes alike; names of one inode have one
        // ctime, too.
        return first.computeIfAbsent(entry.inode() + " " + entry.ctime(), inode -> entry.path());
    }
}
