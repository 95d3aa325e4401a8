package dev.hubferry.storage.domain.plan;

import java.util.TreeMap;

/** An inode of a {@link ModelTree}. */
final class ModelNode {
    final char type;
    final long inode;
    final TreeMap<String, ModelNode> children = new TreeMap<>();
    /** Of a file; where a symbolic link leads to. */
    String content = "";

    /** What a manifest does not show. */
    String hidden = "";

    int mode = 755;
    int uid = 1000;
    long mtime;
    long ctime;
    /** Names outside of the tree. */
    int outside;

    ModelNode(char type, long inode, long now) {
        this.type = type;
        this.inode = inode;
        this.mtime = now;
        this.ctime = now;
    }

    boolean isDirectory() {
        return type == 'd';
    }

    boolean isFile() {
        return type == 'f';
    }

    String target() {
        return type == 'l' ? content : "";
    }

    int size() {
        return isFile() ? content.length() : 0;
    }

    /** What rsync sets without making a new inode. */
    void setAttributes(ModelNode like) {
        mode = like.mode;
        uid = like.uid;
        hidden = like.hidden;
        mtime = like.mtime;
    }

    /** Everything that a copy has to have. */
    String face() {
        return "%s %s %s %s %s %s".formatted(type, content, hidden, mode, uid, mtime);
    }
}
