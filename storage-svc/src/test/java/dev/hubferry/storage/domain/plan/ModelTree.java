package dev.hubferry.storage.domain.plan;

import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A file system in memory whose clock only goes on when it is told to, as that of a real one does between its ticks. */
final class ModelTree {
    private final ModelNode root;
    private long lastInode;
    private long now;

    ModelTree(long firstInode, long now) {
        this.lastInode = firstInode;
        this.now = now;
        this.root = newNode('d');
    }

    long now() {
        return now;
    }

    void tick() {
        now++;
    }

    ModelNode newNode(char type) {
        return new ModelNode(type, ++lastInode, now);
    }

    /** Paths begin with {@code ./}; the tree itself is {@code .}. */
    Optional<ModelNode> at(String path) {
        Optional<ModelNode> node = Optional.of(root);
        for (String name : path.substring(Math.min(2, path.length())).split("/")) {
            node = name.isEmpty() || name.equals(".") ? node : node.map(up -> up.children.get(name));
        }
        return node;
    }

    ModelNode get(String path) {
        return at(path).orElseThrow(() -> new AssertionError("nothing at " + path));
    }

    static String above(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Gives a node a name, in place of what has it. */
    void put(String path, ModelNode node) {
        ModelNode above = get(above(path));
        if (!above.isDirectory()) {
            throw new AssertionError("not a directory: " + above(path));
        }
        ModelNode replaced = above.children.put(name(path), node);
        if (replaced != null) {
            release(replaced);
        }
        node.ctime = now;
        changed(above);
    }

    void remove(String path) {
        ModelNode above = get(above(path));
        ModelNode removed = above.children.remove(name(path));
        if (removed == null) {
            throw new AssertionError("nothing at " + path);
        }
        release(removed);
        changed(above);
    }

    void changed(ModelNode node) {
        node.mtime = now;
        node.ctime = now;
    }

    private void release(ModelNode node) {
        node.ctime = now;
        node.children.values().forEach(this::release);
    }

    void move(String from, String to) {
        ModelNode node = get(from);
        ModelNode above = get(above(from));
        above.children.remove(name(from));
        changed(above);
        put(to, node);
    }

    /** By path, without the tree itself. */
    TreeMap<String, ModelNode> nodes() {
        TreeMap<String, ModelNode> nodes = new TreeMap<>();
        collect(".", root, nodes);
        return nodes;
    }

    private static void collect(String path, ModelNode directory, Map<String, ModelNode> nodes) {
        directory.children.forEach((name, node) -> {
            nodes.put(path + "/" + name, node);
            collect(path + "/" + name, node, nodes);
        });
    }

    TreeMap<String, ModelNode> nodesBelow(String path) {
        TreeMap<String, ModelNode> nodes = new TreeMap<>();
        collect(path, get(path), nodes);
        return nodes;
    }

    List<String> directories() {
        List<String> directories = new ArrayList<>(List.of("."));
        nodes().forEach((path, node) -> {
            if (node.isDirectory()) {
                directories.add(path);
            }
        });
        return directories;
    }

    List<ManifestEntry> manifest() {
        TreeMap<String, ModelNode> nodes = nodes();
        Map<Long, Integer> names = new HashMap<>();
        nodes.values().forEach(node -> names.merge(node.inode, 1, Integer::sum));
        return nodes.entrySet().stream()
                .map(entry -> record(entry.getKey(), entry.getValue(), names))
                .map(ManifestEntry::parse)
                .sorted()
                .toList();
    }

    private static String record(String path, ModelNode node, Map<Long, Integer> names) {
        long links = node.isDirectory()
                ? 2
                        + node.children.values().stream()
                                .filter(ModelNode::isDirectory)
                                .count()
                : names.getOrDefault(node.inode, 1) + node.outside;
        return "%s//%s %d %d %d %d %d.0000000000 %d.0000000000 %d %d//%s"
                .formatted(
                        path,
                        node.type,
                        node.mode,
                        node.uid,
                        node.uid,
                        node.size(),
                        node.mtime,
                        node.ctime,
                        node.inode,
                        links,
                        node.target());
    }

    /** What has to be equal: each path with its face, and with the first of the paths that are the same file. */
    Map<String, String> faces() {
        Map<Long, String> firsts = new HashMap<>();
        Map<String, String> faces = new TreeMap<>();
        nodes().forEach((path, node) ->
                faces.put(path, node.face() + " is " + firsts.computeIfAbsent(node.inode, inode -> path)));
        return faces;
    }

    /** Of some paths only, as if there were no others. */
    Map<String, String> faces(Set<String> paths) {
        Map<Long, String> firsts = new HashMap<>();
        return new TreeSet<>(paths)
                .stream()
                        .collect(Collectors.toMap(
                                path -> path,
                                path -> at(path).map(node -> node.face() + " is "
                                                + firsts.computeIfAbsent(node.inode, inode -> path))
                                        .orElse("absent")));
    }

    void directory(String path) {
        put(path, newNode('d'));
    }

    void file(String path, int size) {
        ModelNode file = newNode('f');
        file.content = "x".repeat(size);
        put(path, file);
    }

    void directoryWithFiles(String path, int files) {
        directory(path);
        for (int i = 0; i < files; i++) {
            file(path + "/" + (100 + i), 1);
        }
    }
}
