package dev.hubferry.storage.domain.plan;

import java.util.ArrayList;
import java.util.List;

/** Keeps a plan in memory, to be looked at. */
final class RecordedPlan implements PlanSink {
    final List<String> cleared = new ArrayList<>();
    final List<String> made = new ArrayList<>();
    final List<Chunk> chunks = new ArrayList<>();
    final List<String> attributes = new ArrayList<>();

    @Override
    public void clear(String path) {
        cleared.add(path);
    }

    @Override
    public void make(String directory) {
        made.add(directory);
    }

    @Override
    public void chunk(Chunk chunk) {
        chunks.add(chunk);
    }

    @Override
    public void attributes(String directory) {
        attributes.add(directory);
    }

    boolean isEmpty() {
        return cleared.isEmpty() && made.isEmpty() && chunks.isEmpty() && attributes.isEmpty();
    }

    /** Paths of chunks of one sort, in order. */
    List<String> paths(boolean recursive, boolean forced) {
        return chunks.stream()
                .filter(chunk -> chunk.recursive() == recursive && chunk.forced() == forced)
                .flatMap(chunk -> chunk.paths().stream())
                .toList();
    }
}
