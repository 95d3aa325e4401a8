package dev.hubferry.storage.domain.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which chunks have to stay together because they hold names of the same inodes. */
final class Joins {
    private final List<Batch> chunks = new ArrayList<>();
    /** Of each chunk the number of another one of its group, or its own. */
    private final List<Integer> parents = new ArrayList<>();

    private final Map<String, Integer> holders = new HashMap<>();

    /** Adds the next chunk. */
    void add(Chunk chunk, Collection<String> inodes) {
        int number = chunk.number();
        chunks.add(Batch.of(chunk));
        parents.add(number);
        for (String inode : inodes) {
            Integer holder = holders.putIfAbsent(inode, number);
            if (holder != null) {
                parents.set(find(holder), find(number));
            }
        }
    }

    private int find(int number) {
        int at = number;
        while (parents.get(at) != at) {
            parents.set(at, parents.get(parents.get(at)));
            at = parents.get(at);
        }
        return at;
    }

    /** How many chunks there are. */
    int count() {
        return chunks.size();
    }

    /** Every chunk once, in the order of the first of each group. */
    List<Batch> groups() {
        return IntStream.range(0, chunks.size())
                .boxed()
                .collect(Collectors.groupingBy(this::find, Collectors.mapping(chunks::get, Collectors.toList())))
                .values()
                .stream()
                .map(Batch::of)
                .sorted((one, other) ->
                        Integer.compare(one.chunks().getFirst(), other.chunks().getFirst()))
                .toList();
    }
}
