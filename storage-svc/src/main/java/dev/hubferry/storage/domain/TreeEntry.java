package dev.hubferry.storage.domain;

import dev.hubferry.storage.domain.manifest.ManifestEntry;

/**
 * One entry of a tree of homes with everything that must be equal on both sides, but for the content of files and the numbers of
 * devices.
 *
 * @param entry as a manifest has it; its path is {@code .} for the homes directory itself
 * @param attributes extended attributes and ACLs, sorted, by value, one a line; empty for none
 */
public record TreeEntry(ManifestEntry entry, String attributes) {
    public static final String ROOT = ".";

    /** With this begins each of the attributes that ACLs are kept in. */
    static final String ACL = "system.posix_acl_";

    public boolean isRoot() {
        return entry.path().equals(ROOT);
    }

    /** Whether there is more to compare: what a file holds, or which device it is. */
    public boolean hasContent() {
        return switch (entry.type()) {
            case 'f', 'b', 'c' -> true;
            default -> false;
        };
    }
}
