package dev.hubferry.orchestrator.saga.queue;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.engine.SlotUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who has what there is little of, who waits for it, and whose turn it is: a function of the places and the limits.
 *
 * <p>All that a place needs is granted together or not at all. Those who wait are looked at by priority, then by how long they wait. Whoever
 * cannot have everything yet keeps one slot of each pool from those behind, so that nobody overtakes it where they would take from it, and
 * all may where they do not. A pool that is closed keeps nobody from the others.
 */
public final class SlotQueue {
    private static final Comparator<Place> TURN = Comparator.comparing(
                    (Place place) -> place.use().priority())
            .reversed()
            .thenComparing(Place::since)
            .thenComparing(place -> place.migration().value());

    private final Limits limits;
    private final SortedMap<Slot, Pool> pools = new TreeMap<>();
    private final List<Place> ready = new ArrayList<>();
    private final Map<Place, List<Pool>> lacking = new HashMap<>();

    /**
     * Uses of one thing.
     *
     * @param waiting in the order of their turns
     */
    public record Pool(Slot slot, int limit, List<Place> held, List<Place> waiting) {
        private Pool(Slot slot, int limit) {
            this(slot, limit, new ArrayList<>(), new ArrayList<>());
        }

        /** 1 for who is next; 0 for who does not wait here. */
        public int positionOf(MigrationId migration) {
            return waiting.stream().map(Place::migration).toList().indexOf(migration) + 1;
        }

        boolean isClosed() {
            return limit == 0;
        }
    }

    public SlotQueue(List<Place> places, Limits limits) {
        this.limits = limits;
        limits.pools().forEach(this::pool);
        List<Place> waiting = new ArrayList<>();
        for (Place place : places) {
            switch (place.use()) {
                case SlotUse.Held _ ->
                    poolsOf(place).forEach(pool -> pool.held().add(place));
                case SlotUse.Waiting _ -> waiting.add(place);
            }
        }
        waiting.sort(TURN);
        waiting.forEach(place -> poolsOf(place).forEach(pool -> pool.waiting().add(place)));
        grant(waiting);
    }

    /** Those whose turn it is, in order; granting one leaves the others ready. */
    public List<Place> ready() {
        return Collections.unmodifiableList(ready);
    }

    /** The pools that keep a place waiting: they are full, or kept for those before it. */
    public List<Pool> lackedBy(Place place) {
        return lacking.getOrDefault(place, List.of());
    }

    /** What a migration waits for. */
    public Optional<Place> waiting(MigrationId migration) {
        return pools.values().stream()
                .flatMap(pool -> pool.waiting().stream())
                .filter(place -> place.migration().equals(migration))
                .findFirst();
    }

    /** Every pool that is known or in use. */
    public Collection<Pool> pools() {
        return Collections.unmodifiableCollection(pools.values());
    }

    /** What a place needs. */
    public List<Pool> poolsOf(Place place) {
        Set<Slot> needed = new TreeSet<>();
        place.use().slots().forEach(slot -> needed.add(limits.pool(slot)));
        return needed.stream().map(this::pool).toList();
    }

    private Pool pool(Slot slot) {
        return pools.computeIfAbsent(slot, pool -> new Pool(pool, limits.of(pool)));
    }

    private void grant(List<Place> waiting) {
        Map<Slot, Integer> free = new HashMap<>();
        pools.forEach((slot, pool) -> free.put(slot, pool.limit() - pool.held().size()));
        for (Place place : waiting) {
            List<Pool> needed = poolsOf(place);
            List<Pool> lacked = needed.stream()
                    .filter(pool -> free.getOrDefault(pool.slot(), 0) <= 0)
                    .toList();
            if (lacked.isEmpty()) {
                ready.add(place);
            } else {
                lacking.put(place, lacked);
            }
            if (needed.stream().noneMatch(Pool::isClosed)) {
                needed.forEach(pool -> free.merge(pool.slot(), -1, Integer::sum));
            }
        }
    }
}
