package dev.hubferry.storage.domain.plan;

/** Takes a plan piece by piece, so that none is ever whole in memory. */
public interface PlanSink {
    /** Something on the target that has to go before anything is copied: a subtree that the source lacks, or has as another type. */
    void clear(String path) throws InterruptedException;

    /** A new directory of which no single chunk holds everything; it has to be there before chunks are copied. Parents come first. */
    void make(String directory) throws InterruptedException;

    /** A piece of copying; numbers count from 0. */
    void chunk(Chunk chunk) throws InterruptedException;

    /** A directory whose attributes have to be set when everything in it is done; each once. */
    void attributes(String directory) throws InterruptedException;
}
