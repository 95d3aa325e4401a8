package dev.hubferry.storage.domain.plan;

import java.util.List;
import java.util.function.Consumer;

/** What may happen in a tree of homes. Numbers pick paths and values, whatever there is. */
record Mutation(Kind kind, int one, int other, int value) {
    /** With bytes that sort before a slash, that are no text, and that continue each other. */
    static final List<String> NAMES = List.of(
            "a", "a!", "a-b", "a b", "ab", "b", "a.b", "!", " ", "-", "\u00ff", "\u0001", "a\u0001", "x\ny", "0", "a~");

    enum Kind {
        TICK,
        FILE,
        DIRECTORY,
        SYMLINK,
        FIFO,
        WRITE,
        WRITE_SECRETLY,
        CHMOD,
        CHOWN,
        HIDDEN_ATTRIBUTE,
        TOUCH,
        LINK,
        BREAK_LINK,
        LINK_OUTSIDE,
        MOVE,
        REMOVE,
        CHANGE_TYPE
    }

    /** Happens in the source. */
    void apply(ModelTree tree) {
        List<String> paths = List.copyOf(tree.nodes().keySet());
        String path = paths.isEmpty() ? "." : pick(paths, one);
        String fresh = pick(tree.directories(), other) + "/" + pick(NAMES, value);
        boolean free = tree.at(fresh).isEmpty();
        boolean there = !path.equals(".");
        switch (kind) {
            case TICK -> tree.tick();
            case FILE -> create(tree, fresh, 'f', free);
            case DIRECTORY -> create(tree, fresh, 'd', free);
            case SYMLINK -> create(tree, fresh, 'l', free);
            case FIFO -> create(tree, fresh, 'p', free);
            case LINK -> link(tree, path, fresh, there && free);
            case MOVE -> move(tree, path, fresh, there);
            case REMOVE -> remove(tree, path, there);
            case CHANGE_TYPE -> changeType(tree, path, there);
            case BREAK_LINK -> breakLink(tree, path);
            case WRITE -> alter(tree, path, node -> write(node, letter().repeat(value % 9), tree.now()));
            case WRITE_SECRETLY ->
                alter(tree, path, node -> write(node, letter().repeat(node.content.length()), node.mtime));
            case CHMOD -> alter(tree, path, node -> node.mode = 700 + value % 8);
            case CHOWN -> alter(tree, path, node -> node.uid = 1000 + value % 4);
            case HIDDEN_ATTRIBUTE -> alter(tree, path, node -> node.hidden = letter());
            case TOUCH -> alter(tree, path, node -> node.mtime = value);
            case LINK_OUTSIDE -> alter(tree, path, node -> node.outside += node.isDirectory() ? 0 : 1);
        }
    }

    private static String pick(List<String> list, int number) {
        return list.get(number % list.size());
    }

    private static void alter(ModelTree tree, String path, Consumer<ModelNode> change) {
        ModelNode node = tree.get(path);
        change.accept(node);
        node.ctime = tree.now();
    }

    private static void write(ModelNode node, String content, long mtime) {
        if (node.isFile()) {
            node.content = content;
            node.mtime = mtime;
        }
    }

    private String letter() {
        return String.valueOf((char) ('A' + value % 26));
    }

    private ModelNode make(ModelTree tree, char type) {
        ModelNode node = tree.newNode(type);
        node.content = type == 'f' || type == 'l' ? letter().repeat(1 + value % 6) : "";
        return node;
    }

    private void create(ModelTree tree, String path, char type, boolean free) {
        if (free) {
            tree.put(path, make(tree, type));
        }
    }

    private static void link(ModelTree tree, String path, String fresh, boolean possible) {
        if (possible && !tree.get(path).isDirectory()) {
            tree.put(fresh, tree.get(path));
        }
    }

    private static void move(ModelTree tree, String path, String to, boolean there) {
        boolean intoItself = (to + "/").startsWith(path + "/");
        boolean blocked = tree.at(to).filter(ModelNode::isDirectory).isPresent()
                || tree.at(to).isPresent() && there && tree.get(path).isDirectory();
        if (there && !intoItself && !blocked) {
            tree.move(path, to);
        }
    }

    private static void remove(ModelTree tree, String path, boolean there) {
        if (there) {
            tree.remove(path);
        }
    }

    private void changeType(ModelTree tree, String path, boolean there) {
        if (there) {
            char type = pick(List.of("f", "d", "l", "p"), value).charAt(0);
            tree.remove(path);
            tree.put(path, make(tree, type));
        }
    }

    /** As editors do that write a new file and rename it; here with the size and mtime of the old one. */
    private void breakLink(ModelTree tree, String path) {
        ModelNode old = tree.get(path);
        if (!old.isDirectory()) {
            ModelNode node = tree.newNode(old.type);
            node.setAttributes(old);
            node.content = old.isFile() && value % 2 == 0 ? letter().repeat(old.content.length()) : old.content;
            tree.put(path, node);
        }
    }
}
