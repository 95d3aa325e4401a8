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
 * none. What stays must already be right: its names are those of one inode on the target, and that inode has no other names. Names
 * outside of the trees do not matter, on either side.
 */
final class LinkGroups {
    private final Map<String, Here> source = new HashMap<>();
    private final Map<String, There> target = new HashMap<>();
    private final Set<String> broken = new HashSet<>();

    /** Takes note of an entry of the source; false when it is another name of something that was seen before. */
    boolean see(ManifestEntry here) {
        return !here.mayBeLinked() || source.putIfAbsent(here.inode(), new Here()) == null;
    }

    /** An entry is copied; false when another name of it was copied before. */
    boolean copy(ManifestEntry here) {
        if (!here.mayBeLinked()) {
            return true;
        }
        Here inode = here(here);
        boolean first = !inode.copied;
        inode.copied = true;
        if (!inode.kept.isEmpty()) {
            broken.add(here.inode());
        }
        return first;
    }

    /** An entry stays on the target as it is. */
    void keep(ManifestEntry here, ManifestEntry there) {
        if (here.mayBeLinked()) {
            Here inode = here(here);
            if (inode.copied || !(inode.kept.isEmpty() || inode.kept.equals(there.inode()))) {
                broken.add(here.inode());
            }
            inode.kept = there.inode();
        }
        if (there.mayBeLinked()) {
            There inode = there(there);
            inode.kept.add(here.inode());
            inode.others |= inode.kept.size() > 1;
            check(inode);
        }
    }

    /** Something goes from the target, or stays there without being in the source, or is replaced. */
    void replace(ManifestEntry there) {
        if (there.mayBeLinked()) {
            There inode = there(there);
            inode.others = true;
            check(inode);
        }
    }

    private void check(There inode) {
        if (inode.others) {
            broken.addAll(inode.kept);
        }
    }

    private Here here(ManifestEntry entry) {
        return source.computeIfAbsent(entry.inode(), inode -> new Here());
    }

    private There there(ManifestEntry entry) {
        return target.computeIfAbsent(entry.inode(), inode -> new There());
    }

    /** Inodes of the source whose names would not come out right. */
    Set<String> broken() {
        return Set.copyOf(broken);
    }

    /** An inode of the source. */
    private static final class Here {
        private boolean copied;
        /** Inode of the target where names of it stay; empty while there is none. */
        private String kept = "";
    }

    /** An inode of the target. */
    private static final class There {
        /** Inodes of the source for which it stands. */
        private final Set<String> kept = new HashSet<>(2);
        /** Whether it has names that should not be among those that stay. */
        private boolean others;
    }
}
