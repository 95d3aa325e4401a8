package dev.hubferry.storage.domain.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Carries out a plan as rsync would: files that pass the quick check get attributes only, in place; other files are written beside the
 * old one and renamed; names of one inode become one file when they are in one batch. Nothing is deleted but what the plan clears.
 */
final class ModelRsync {
    private final ModelTree source;
    private final ModelTree target;
    /** Whether the source may have moved on since the plan was made. */
    private final boolean live;

    private boolean complete = true;

    ModelRsync(ModelTree source, ModelTree target, boolean live) {
        this.source = source;
        this.target = target;
        this.live = live;
    }

    /** @return whether rsync would have said that all went well */
    boolean carryOut(RecordedPlan plan, List<Batch> batches) {
        plan.cleared.forEach(target::remove);
        for (String directory : plan.made) {
            if (mayPut(directory, 'd')) {
                target.put(directory, target.newNode('d'));
            }
        }
        for (Batch batch : batches) {
            run(batch, plan);
        }
        for (String directory : plan.attributes) {
            boolean still = source.at(directory).filter(ModelNode::isDirectory).isPresent();
            if (hasNotVanished(still, directory)
                    && expect(target.at(directory).isPresent(), "no directory " + directory)) {
                target.get(directory).setAttributes(source.get(directory));
            }
        }
        return complete;
    }

    private void run(Batch batch, RecordedPlan plan) {
        TreeMap<String, ModelNode> list = new TreeMap<>();
        for (int number : batch.chunks()) {
            for (String path : plan.chunks.get(number).paths()) {
                if (hasNotVanished(source.at(path).isPresent(), path)) {
                    list.put(path, source.get(path));
                    list.putAll(batch.recursive() ? source.nodesBelow(path) : Map.of());
                }
            }
        }
        Map<Long, ModelNode> leaders = new HashMap<>();
        list.forEach((path, node) -> {
            if (mayPut(path, node.type)) {
                if (node.isDirectory()) {
                    directory(path, node);
                } else {
                    other(path, node, batch.forced(), leaders);
                }
            }
        });
        if (batch.recursive()) {
            list.forEach((path, node) ->
                    target.at(path).filter(ModelNode::isDirectory).ifPresent(at -> at.setAttributes(node)));
        }
    }

    private void directory(String path, ModelNode node) {
        if (target.at(path).isEmpty()) {
            target.put(path, target.newNode('d'));
        }
        long mtime = target.get(path).mtime;
        target.get(path).setAttributes(node);
        target.get(path).mtime = mtime;
    }

    private void other(String path, ModelNode node, boolean forced, Map<Long, ModelNode> leaders) {
        if (leaders.containsKey(node.inode)) {
            if (target.at(path).orElse(node) != leaders.get(node.inode)) {
                target.put(path, leaders.get(node.inode));
            }
            return;
        }
        boolean inPlace = target.at(path).filter(at -> passes(node, at, forced)).isPresent();
        if (!inPlace) {
            ModelNode copy = target.newNode(node.type);
            copy.content = node.content;
            target.put(path, copy);
        }
        target.get(path).setAttributes(node);
        leaders.put(node.inode, target.get(path));
    }

    private static boolean passes(ModelNode node, ModelNode at, boolean forced) {
        return node.isFile()
                ? !forced && node.size() == at.size() && node.mtime == at.mtime
                : node.target().equals(at.target());
    }

    private boolean mayPut(String path, char type) {
        String above = ModelTree.above(path);
        return expect(target.at(above).filter(ModelNode::isDirectory).isPresent(), "no directory above " + path)
                && expect(target.at(path).filter(at -> at.type != type).isEmpty(), "another type at " + path);
    }

    /** What vanishes while users are at work is no failure. */
    private boolean hasNotVanished(boolean there, String path) {
        if (!there && !live) {
            throw new AssertionError("no source " + path);
        }
        return there;
    }

    private boolean expect(boolean met, String problem) {
        if (!met && !live) {
            throw new AssertionError(problem);
        }
        complete &= met;
        return met;
    }
}
