package dev.hubferry.storage.domain;

import dev.hubferry.storage.domain.TreeReader.EntryStream;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks two sorted trees side by side and names what differs, as far as that shows without contents. */
public final class TreeComparison {
    private final boolean withRoot;
    private final Differences differences;
    private final PairSink pairs;

    /** Is told each entry that looks equal on both sides, as long as nothing differs. */
    @FunctionalInterface
    public interface PairSink {
        /** @param leader the first path of the entry's hard-link group, on both sides */
        void equal(TreeEntry source, ManifestEntry target, String leader) throws InterruptedException;
    }

    /** @param withRoot whether the homes directory itself must be equal, too */
    public TreeComparison(boolean withRoot, Differences differences, PairSink pairs) {
        this.withRoot = withRoot;
        this.differences = differences;
        this.pairs = pairs;
    }

    public void compare(EntryStream sourceEntries, EntryStream targetEntries) throws InterruptedException {
        Side source = new Side(sourceEntries);
        Side target = new Side(targetEntries);
        Optional<Linked> left = source.next();
        Optional<Linked> right = target.next();
        while (left.isPresent() || right.isPresent()) {
            int order = order(left, right);
            if (order == 0) {
                compare(left.orElseThrow(), right.orElseThrow());
            } else if (order < 0) {
                differences.add(left.orElseThrow().path(), "is missing on the target");
            } else {
                differences.add(right.orElseThrow().path(), "is on the target only");
            }
            left = order <= 0 ? source.next() : left;
            right = order >= 0 ? target.next() : right;
        }
    }

    private static int order(Optional<Linked> left, Optional<Linked> right) {
        if (left.isEmpty()) {
            return 1;
        }
        return right.isEmpty() ? -1 : left.get().entry().compareTo(right.get().entry());
    }

    private void compare(Linked source, Linked target) throws InterruptedException {
        if (source.tree().isRoot() && !withRoot) {
            return;
        }
        boolean equal = source.entry().looksLike(target.entry())
                && source.leader().equals(target.leader())
                && source.tree().attributes().equals(target.tree().attributes());
        if (!equal) {
            differences.add(source.path(), String.join(", ", differentFields(source, target)));
        } else if (differences.count() == 0) {
            pairs.equal(source.tree(), target.entry(), source.leader());
        }
    }

    private static List<String> differentFields(Linked source, Linked target) {
        ManifestEntry a = source.entry();
        ManifestEntry b = target.entry();
        List<String> fields = new ArrayList<>();
        different(fields, "type", a.type(), b.type());
        different(fields, "mode", a.mode(), b.mode());
        different(fields, "owner", a.uid() + ":" + a.gid(), b.uid() + ":" + b.gid());
        different(fields, "size", a.size(), b.size());
        different(fields, "mtime", a.mtime(), b.mtime());
        different(fields, "link", PathText.show(a.linkTarget()), PathText.show(b.linkTarget()));
        different(fields, "hard link to", PathText.show(source.leader()), PathText.show(target.leader()));
        if (!source.tree().attributes().equals(target.tree().attributes())) {
            fields.add("extended attributes or ACL differ");
        }
        if (fields.isEmpty()) {
            fields.add("differs");
        }
        return fields;
    }

    private static void different(List<String> fields, String name, Object source, Object target) {
        if (!source.equals(target)) {
            fields.add(name + " is " + source + " on the source and " + target + " on the target");
        }
    }

    /** An entry with the first path of its hard-link group, its own path when it has no other name in the tree. */
    private record Linked(TreeEntry tree, String leader) {
        ManifestEntry entry() {
            return tree.entry();
        }

        String path() {
            return entry().path();
        }
    }

    /** One tree. */
    private static final class Side {
        private final EntryStream stream;
        private final Leaders leaders = new Leaders();

        Side(EntryStream stream) {
            this.stream = stream;
        }

        Optional<Linked> next() throws InterruptedException {
            return stream.next().map(tree -> new Linked(tree, leaders.of(tree.entry())));
        }
    }
}
