package dev.hubferry.storage.domain.plan;

import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Watches over hard links: afterwards two paths have to be one file on the target exactly when they are in the source.
 *
 * <p>What is copied becomes a new file on the target, with all its names that are copied along; so names of one inode are copied all or
 * none. What stays must already be right: its names are those of one inode on the target, and all names of that which stay are its own.
 * Names outside of the trees do not matter, on either side.
 */
final class LinkGroups {
    private final Map<String, Group> groups = new HashMap<>();
    /** Inodes of the target and for which one of the source they stand. */
    private final Map<String, String> standing = new HashMap<>();

    private final Set<String> broken = new HashSet<>();

    /** Takes note of an entry of the source; false when it is another name of something that was seen before. */
    boolean see(ManifestEntry entry) {
        return !entry.mayBeLinked() || groups.putIfAbsent(entry.inode(), new Group()) == null;
    }

    /** An entry is copied; false when another name of it was copied before. */
    boolean copy(ManifestEntry entry) {
        if (!entry.mayBeLinked()) {
            return true;
        }
        Group group = group(entry);
        boolean first = !group.copied;
        group.copied = true;
        check(group.target.isEmpty(), entry.inode());
        return first;
    }

    /** An entry stays on the target as it is. */
    void keep(ManifestEntry entry, ManifestEntry target) {
        if (entry.mayBeLinked()) {
            Group group = group(entry);
            check(!group.copied && (group.target.isEmpty() || group.target.equals(target.inode())), entry.inode());
            group.target = target.inode();
        }
        if (target.mayBeLinked()) {
            String other = standing.computeIfAbsent(target.inode(), inode -> entry.inode());
            check(other.equals(entry.inode()), other);
            check(other.equals(entry.inode()), entry.inode());
        }
    }

    private Group group(ManifestEntry entry) {
        return groups.computeIfAbsent(entry.inode(), inode -> new Group());
    }

    private void check(boolean right, String inode) {
        if (!right) {
            broken.add(inode);
        }
    }

    Set<String> broken() {
        return Set.copyOf(broken);
    }

    private static final class Group {
        private boolean copied;
        /** Inode of the target where names of it stay; empty while there is none. */
        private String target = "";
    }
}
