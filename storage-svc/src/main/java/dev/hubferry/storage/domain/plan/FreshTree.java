package dev.hubferry.storage.domain.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers subtrees that the target lacks while they stream by, and divides those that are too large for a chunk.
 *
 * <pre>
 *   fits into a chunk       → its root, in a chunk of subtrees; all its paths, in a list, when they are few
 *   does not fit, or holds
 *   what stays behind: divided
 *                           → the directory is made, each directory in it is looked at in the same way, its files go into lists
 * </pre>
 *
 * A directory is divided as soon as it has grown too large, so no more of it is in memory than a chunk may hold.
 */
final class FreshTree {
    /** A subtree of so many entries is listed, so that small changes need no recursion. */
    private static final long FEW = 32;
    /** So many entries of small subtrees are listed, and no more: for a full copy recursion is faster than lists. */
    private static final long LISTED_AT_MOST = 2_048;

    private final ChunkLimit limit;
    private final PlanSink sink;
    private final Packing packing;
    /** From the root of the subtree down to the present place; empty between subtrees. */
    private final List<Directory> open = new ArrayList<>();

    private long listed;

    FreshTree(ChunkLimit limit, PlanSink sink, Packing packing) {
        this.limit = limit;
        this.sink = sink;
        this.packing = packing;
    }

    /** Goes on to a place in the order of manifests: ends what it is not in. */
    void moveTo(String key) throws InterruptedException {
        while (!open.isEmpty() && !open.getLast().holds(key)) {
            close();
        }
    }

    /** Whether the present place is in a fresh subtree. */
    boolean isOpen() {
        return !open.isEmpty();
    }

    /** Goes into a directory, and first into those above it that have not been seen yet; opens a subtree when there is none. */
    void enter(String directory) throws InterruptedException {
        int end = open.isEmpty()
                ? directory.length()
                : nextEnd(directory, open.getLast().path.length());
        while (end <= directory.length()) {
            grow(1, 0);
            open.add(new Directory(directory.substring(0, end)));
            end = nextEnd(directory, end);
        }
    }

    /** Where the component ends that comes after another one; beyond the end of the path when none does. */
    private static int nextEnd(String path, int end) {
        if (end >= path.length()) {
            return path.length() + 1;
        }
        int slash = path.indexOf('/', end + 1);
        return slash < 0 ? path.length() : slash;
    }

    /** Adds something that is not a directory, in the directory that was entered last. */
    void add(Piece file) throws InterruptedException {
        grow(1, file.bytes());
        Directory directory = open.getLast();
        if (directory.divided) {
            packing.list(file);
        } else {
            directory.files.add(file);
        }
    }

    private void grow(long entries, long bytes) throws InterruptedException {
        for (Directory directory : open) {
            directory.entries += entries;
            directory.bytes += bytes;
            if (!directory.divided && (directory.entries > limit.entries() || directory.bytes > limit.bytes())) {
                divide(directory);
            }
        }
    }

    /** What is open holds something that stays behind, so that no part of it down to the present place can be copied as a whole. */
    void divide() throws InterruptedException {
        for (Directory directory : open) {
            if (!directory.divided) {
                divide(directory);
            }
        }
    }

    private void divide(Directory directory) throws InterruptedException {
        directory.divided = true;
        sink.make(directory.path);
        for (Directory child : directory.children) {
            packing.subtree(child.whole());
        }
        for (Piece file : directory.files) {
            packing.list(file);
        }
        directory.children.clear();
        directory.files.clear();
    }

    private void close() throws InterruptedException {
        Directory directory = open.removeLast();
        if (directory.divided) {
            sink.attributes(directory.path);
        } else if (open.isEmpty()) {
            closeRoot(directory);
        } else if (open.getLast().divided) {
            packing.subtree(directory.whole());
        } else {
            open.getLast().children.add(directory);
        }
    }

    private void closeRoot(Directory root) throws InterruptedException {
        if (root.entries > FEW || listed + root.entries > LISTED_AT_MOST) {
            packing.subtree(root.whole());
            return;
        }
        listed += root.entries;
        packing.list(root.listed());
        for (String directory : root.directories()) {
            sink.attributes(directory);
        }
    }

    void finish() throws InterruptedException {
        while (!open.isEmpty()) {
            close();
        }
    }

    private static final class Directory {
        private final String path;
        private final List<Directory> children = new ArrayList<>();
        private final List<Piece> files = new ArrayList<>();
        private long entries = 1;
        private long bytes;
        private boolean divided;

        Directory(String path) {
            this.path = path;
        }

        boolean holds(String key) {
            return key.startsWith(path) && key.charAt(path.length()) == '/';
        }

        Piece whole() {
            return new Piece(List.of(path), entries, bytes, inodes());
        }

        Piece listed() {
            List<String> paths = new ArrayList<>(directories());
            within().forEach(directory -> directory.files.forEach(file -> paths.addAll(file.paths())));
            return new Piece(paths, entries, bytes, inodes());
        }

        List<String> directories() {
            return within().stream().map(directory -> directory.path).toList();
        }

        private List<String> inodes() {
            return within().stream()
                    .flatMap(directory -> directory.files.stream())
                    .flatMap(file -> file.inodes().stream())
                    .toList();
        }

        /** This one and all below it, parents first. */
        private List<Directory> within() {
            List<Directory> all = new ArrayList<>(List.of(this));
            for (int i = 0; i < all.size(); i++) {
                all.addAll(all.get(i).children);
            }
            return all;
        }
    }
}
