package dev.hubferry.storage.domain;

import java.util.Optional;

/** Reads both trees of a route whole, contents included. */
public interface TreeReader {
    /**
     * Opens both trees, once both servers have room for the work.
     *
     * @throws Refusal SSH_UNREACHABLE also when other work keeps a server busy for too long
     */
    Trees open(Route route) throws InterruptedException;

    /** Whether the target directory holds nothing but homes of this migration, so that the directory itself can be compared too. */
    boolean ownsTargetDirectory(Route route) throws InterruptedException;

    /** Both trees; to be closed when they were read, or are given up. */
    interface Trees extends AutoCloseable {
        /** The source's homes; quota files are left out. */
        EntryStream source();

        /** The homes that Hubferry made on the target, after what it wrote is on the disk. */
        EntryStream target();

        @Override
        void close();
    }

    /** Entries in the order of their keys. */
    interface EntryStream {
        /**
         * @return the next entry, empty after the last
         * @throws Refusal when the tree could not be read to its end
         */
        Optional<TreeEntry> next() throws InterruptedException;
    }
}
