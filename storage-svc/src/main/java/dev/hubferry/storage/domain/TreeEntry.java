package dev.hubferry.storage.domain;

/**
 * One entry of a tree of homes with everything that must be equal on both sides.
 *
 * @param path relative to the homes directory, as {@link PathText} keeps it; {@code .} for the directory itself
 * @param type one letter as {@code find -printf %y} gives it: f, d, l, p, s, b, c
 * @param mode octal permission bits
 * @param uid numeric owner
 * @param gid numeric group
 * @param size of a file in bytes; 0 for anything else
 * @param mtime seconds with nanoseconds since 1970, as {@code find -printf %T@} gives it
 * @param inode number on its own host
 * @param links how many names the inode has, also outside the tree
 * @param linkTarget of a symbolic link, else empty
 * @param content SHA-256 of a file, the numbers of a device, else empty
 * @param attributes extended attributes and ACLs, sorted, by value; empty for none
 */
public record TreeEntry(
        String path,
        char type,
        String mode,
        long uid,
        long gid,
        long size,
        String mtime,
        String inode,
        long links,
        String linkTarget,
        String content,
        String attributes) {
    public static final String ROOT = ".";

    /** What orders entries: the order in which {@link TreeReader} gives them. */
    public String key() {
        return path + "//";
    }

    /** Whether other names of the same file may be in the tree. */
    public boolean mayBeLinked() {
        return links > 1 && type != 'd';
    }

    public boolean isFile() {
        return type == 'f';
    }
}
