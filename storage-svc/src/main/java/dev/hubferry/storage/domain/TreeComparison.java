package dev.hubferry.storage.domain;

import dev.hubferry.contracts.Receipt;
import dev.hubferry.storage.domain.TreeReader.EntryStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks two sorted trees side by side, names what differs, and sums up what is equal. */
public final class TreeComparison {
    private static final int NAMED = 20;
    private static final long REPORT_EVERY = 1000;

    private final boolean withRoot;
    private final Listener listener;
    private final List<String> named = new ArrayList<>();
    private final MessageDigest root = sha256();
    private final Set<String> homes = new HashSet<>();
    private long differences;
    private long entries;
    private long bytes;
    private long files;

    /** Hears how far the comparison has come, every now and then. */
    @FunctionalInterface
    public interface Listener {
        void compared(long entries, long bytes);
    }

    /** @param withRoot whether the homes directory itself must be equal, too */
    public TreeComparison(boolean withRoot, Listener listener) {
        this.withRoot = withRoot;
        this.listener = listener;
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
                differs(left.orElseThrow(), "is missing on the target");
            } else {
                differs(right.orElseThrow(), "is on the target only");
            }
            left = order <= 0 ? source.next() : left;
            right = order >= 0 ? target.next() : right;
        }
    }

    /** How many entries differ. */
    public long differences() {
        return differences;
    }

    /** The first of them, each with what is different. */
    public List<String> named() {
        return List.copyOf(named);
    }

    /** The proof; to be asked only when nothing differs. */
    public Receipt receipt() {
        if (differences > 0) {
            throw new IllegalStateException("no receipt for trees that differ");
        }
        String hash = HexFormat.of().formatHex(root.digest());
        return new Receipt(homes.size(), entries, bytes, files, hash);
    }

    private static int order(Optional<Linked> left, Optional<Linked> right) {
        if (left.isEmpty()) {
            return 1;
        }
        return right.isEmpty()
                ? -1
                : left.get().entry().key().compareTo(right.get().entry().key());
    }

    private void compare(Linked source, Linked target) {
        boolean isRoot = source.entry().path().equals(TreeEntry.ROOT);
        if (isRoot && !withRoot) {
            return;
        }
        List<String> fields = differentFields(source, target);
        if (!fields.isEmpty()) {
            differs(source, String.join(", ", fields));
        }
        count(source, isRoot);
    }

    private void count(Linked linked, boolean isRoot) {
        TreeEntry entry = linked.entry();
        root.update(canonical(linked).getBytes(StandardCharsets.ISO_8859_1));
        if (isRoot) {
            return;
        }
        entries++;
        homes.add(topOf(entry.path()));
        if (entry.isFile()) {
            files++;
            bytes += linked.leader().equals(entry.path()) ? entry.size() : 0;
        }
        if (entries % REPORT_EVERY == 0) {
            listener.compared(entries, bytes);
        }
    }

    private static String topOf(String path) {
        String below = path.startsWith("./") ? path.substring(2) : path;
        int slash = below.indexOf('/');
        return slash < 0 ? below : below.substring(0, slash);
    }

    private static List<String> differentFields(Linked source, Linked target) {
        TreeEntry a = source.entry();
        TreeEntry b = target.entry();
        List<String> fields = new ArrayList<>();
        different(fields, "type", a.type(), b.type());
        different(fields, "mode", a.mode(), b.mode());
        different(fields, "owner", a.uid() + ":" + a.gid(), b.uid() + ":" + b.gid());
        different(fields, "size", a.size(), b.size());
        different(fields, "mtime", a.mtime(), b.mtime());
        different(fields, "link", PathText.show(a.linkTarget()), PathText.show(b.linkTarget()));
        different(fields, "hard link to", PathText.show(source.leader()), PathText.show(target.leader()));
        if (!a.content().equals(b.content())) {
            fields.add("content differs");
        }
        if (!a.attributes().equals(b.attributes())) {
            fields.add("extended attributes or ACL differ");
        }
        return fields;
    }

    private static void different(List<String> fields, String name, Object source, Object target) {
        if (!source.equals(target)) {
            fields.add(name + " is " + source + " on the source and " + target + " on the target");
        }
    }

    private void differs(Linked linked, String how) {
        differences++;
        if (named.size() < NAMED) {
            named.add(PathText.show(linked.entry().path()) + ": " + how);
        }
    }

    private static String canonical(Linked linked) {
        TreeEntry e = linked.entry();
        return String.join(
                        "\0",
                        e.path(),
                        String.valueOf(e.type()),
                        e.mode(),
                        e.uid() + ":" + e.gid(),
                        String.valueOf(e.size()),
                        e.mtime(),
                        e.linkTarget(),
                        linked.leader(),
                        e.content(),
                        e.attributes())
                + "\0\0";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** An entry with the first path of its hard-link group, its own path when it has no other name in the tree. */
    private record Linked(TreeEntry entry, String leader) {}

    /** One tree; remembers the first path of each inode that has more than one name, and nothing else. */
    private static final class Side {
        private final EntryStream stream;
        private final Map<String, String> leaders = new HashMap<>();

        Side(EntryStream stream) {
            this.stream = stream;
        }

        Optional<Linked> next() throws InterruptedException {
            return stream.next().map(entry -> {
                String leader = entry.mayBeLinked()
                        ? leaders.computeIfAbsent(entry.inode(), inode -> entry.path())
                        : entry.path();
                return new Linked(entry, leader);
            });
        }
    }
}
