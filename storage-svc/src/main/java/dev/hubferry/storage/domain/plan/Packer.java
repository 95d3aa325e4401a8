package dev.hubferry.storage.domain.plan;

import java.util.ArrayList;
import java.util.List;

/** Fills chunks of one sort, one after the other. */
final class Packer {
    private final boolean recursive;
    private final boolean forced;
    private final ChunkLimit limit;
    private final HomeOrder order;
    private final PlanSink sink;
    private final Joins joins;

    private final List<String> paths = new ArrayList<>();
    private final List<String> inodes = new ArrayList<>();
    private long entries;
    private long bytes;
    private int rank = HomeOrder.UNNAMED;

    Packer(boolean recursive, boolean forced, ChunkLimit limit, HomeOrder order, PlanSink sink, Joins joins) {
        this.recursive = recursive;
        this.forced = forced;
        this.limit = limit;
        this.order = order;
        this.sink = sink;
        this.joins = joins;
    }

    void add(Piece piece) throws InterruptedException {
        int next = order.rank(piece.paths());
        if (entries + piece.entries() > limit.entries() || bytes + piece.bytes() > limit.bytes() || next != rank) {
            flush();
        }
        rank = next;
        paths.addAll(piece.paths());
        inodes.addAll(piece.inodes());
        entries += piece.entries();
        bytes += piece.bytes();
    }

    /** Ends the chunk that is being filled. */
    void flush() throws InterruptedException {
        if (paths.isEmpty()) {
            return;
        }
        Chunk chunk = new Chunk(joins.count(), paths, recursive, forced, entries, bytes, rank);
        joins.add(chunk, inodes);
        sink.chunk(chunk);
        paths.clear();
        inodes.clear();
        entries = 0;
        bytes = 0;
    }
}
