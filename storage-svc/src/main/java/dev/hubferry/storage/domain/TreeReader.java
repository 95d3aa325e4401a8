package dev.hubferry.storage.domain;

import java.util.Optional;

/** Reads both trees of a route whole, contents included. */
public interface TreeReader {
    /** Opens the source's tree; quota files are left out. */
    EntryStream source(Route route) throws InterruptedException;

    /** Opens the target's tree: the homes that Hubferry made there, after what it wrote is on the disk. */
    EntryStream target(Route route) throws InterruptedException;

    /** Whether the target directory holds nothing but homes of this migration, so that the directory itself can be compared too. */
    boolean ownsTargetDirectory(Route route) throws InterruptedException;

    /** Entries in the order of their keys. */
    interface EntryStream extends AutoCloseable {
        /**
         * @return the next entry, empty after the last
         * @throws Refusal when the tree could not be read to its end
         */
        Optional<TreeEntry> next() throws InterruptedException;

        @Override
        void close();
    }
}
