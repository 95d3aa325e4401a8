package dev.hubferry.storage.domain.plan;

import java.util.List;

/** Puts everything that is copied into chunks. */
final class Packing {
    private final Joins joins = new Joins();
    private final Packer subtrees;
    private final Packer listed;
    private final Packer forced;

    Packing(ChunkLimit limit, HomeOrder order, PlanSink sink) {
        subtrees = new Packer(true, false, limit, order, sink, joins);
        listed = new Packer(false, false, limit, order, sink, joins);
        forced = new Packer(false, true, limit, order, sink, joins);
    }

    /** A directory with all that is below it. */
    void subtree(Piece piece) throws InterruptedException {
        subtrees.add(piece);
    }

    /** Paths that rsync sees to be missing or different. */
    void list(Piece piece) throws InterruptedException {
        listed.add(piece);
    }

    /** Files that rsync might take for equal. */
    void force(Piece piece) throws InterruptedException {
        forced.add(piece);
    }

    List<Batch> finish() throws InterruptedException {
        subtrees.flush();
        listed.flush();
        forced.flush();
        return joins.groups();
    }
}
