package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.storage.domain.content.HashedBatch;
import dev.hubferry.storage.domain.content.WantedFile;
import dev.hubferry.storage.domain.manifest.ManifestStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads both trees of a route, and keeps what was learned of their contents with the route. */
public interface TreeReader {
    /**
     * Opens both trees, once both servers have room for the work.
     *
     * @throws Refusal SSH_UNREACHABLE also when other work keeps a server busy for too long
     */
    Trees open(Route route, CommandRun run) throws InterruptedException;

    /** Both trees; to be closed when they were read, or are given up. */
    interface Trees extends AutoCloseable {
        /** The source's homes; quota files are left out. */
        Tree source();

        /** The homes on the target that Hubferry made there. */
        Tree target();

        /** What was accepted to be lost, and is: the target does not have it. */
        Set<HomesConsent> losses();

        @Override
        void close();
    }

    /** One of them. Both may be read at the same time, each by one thread. */
    interface Tree {
        /** The tree in words. */
        String label();

        /** What it means when somebody writes to it although nobody may. */
        ErrorCode onChange();

        /** Brings everything that was written to it to the disk. */
        void sync() throws InterruptedException;

        /** Whether the homes directory holds nothing but what is read here, so that the directory itself can be compared too. */
        boolean isWhole() throws InterruptedException;

        /** What is there while users are at work: entries may vanish meanwhile. */
        LiveScan live() throws InterruptedException;

        /** What is there, with attributes, when nobody writes; the homes directory itself is among the entries. */
        EntryStream frozen() throws InterruptedException;

        /**
         * Hashes files, and reads the numbers of devices; those that vanish, or cannot be read, are no failure.
         *
         * @param files in the order of their keys; the answer has each of them, in the same order
         */
        HashedBatch hash(List<WantedFile> files) throws InterruptedException;

        /** The hashes that were kept last; empty when there are none. What comes back may be damaged. */
        Optional<Spool> kept() throws InterruptedException;

        /**
         * Keeps hashes in place of those that were kept before, whole or not at all.
         *
         * @throws Superseded when the target knows a newer run
         */
        void keep(Spool hashes) throws InterruptedException;
    }

    /**
     * @param begun when the scan began, in seconds by the clock of the host
     * @param entries as a manifest has them
     */
    record LiveScan(BigDecimal begun, ManifestStream entries) {}

    /** Entries in the order of their keys. */
    interface EntryStream {
        /**
         * @return the next entry, empty after the last
         * @throws Refusal when the tree could not be read to its end
         */
        Optional<TreeEntry> next() throws InterruptedException;
    }
}
