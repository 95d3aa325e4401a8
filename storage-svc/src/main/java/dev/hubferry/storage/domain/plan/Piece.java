package dev.hubferry.storage.domain.plan;

import java.util.List;

/**
 * Something that goes into one chunk as a whole.
 *
 * @param inodes those in it that may have names elsewhere
 */
record Piece(List<String> paths, long entries, long bytes, List<String> inodes) {
    static Piece of(String path, long bytes, List<String> inodes) {
        return new Piece(List.of(path), 1, bytes, inodes);
    }
}
