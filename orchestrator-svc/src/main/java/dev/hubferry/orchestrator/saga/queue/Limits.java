package dev.hubferry.orchestrator.saga.queue;

import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.engine.Slot.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many slots there are. Those of several zone connections are one pool when their zones belong to one account.
 *
 * @param usual of what has no limit of its own, by kind
 * @param own limits of single pools; 0 closes one
 * @param accounts the account of a zone connection; a zone that is missing here is an account of its own name
 * @param known every slot that a spec may name
 */
public record Limits(Map<Kind, Integer> usual, Map<Slot, Integer> own, Map<String, String> accounts, Set<Slot> known) {
    public Limits {
        usual = Map.copyOf(new EnumMap<>(usual));
        own = Map.copyOf(own);
        accounts = Map.copyOf(accounts);
        known = Set.copyOf(known);
        for (Kind kind : Kind.values()) {
            requireLimit(kind.wireName(), usual.getOrDefault(kind, -1));
        }
        own.forEach((pool, limit) -> requireLimit(pool.key(), limit));
    }

    /** What a slot is counted in. */
    public Slot pool(Slot slot) {
        return switch (slot.kind()) {
            case SEED, CLUSTER_CUTOVER -> slot;
            case DNS_CUTOVER -> new Slot(slot.kind(), accounts.getOrDefault(slot.name(), slot.name()));
        };
    }

    /** How many may use a pool at once. */
    public int of(Slot pool) {
        return own.getOrDefault(pool, usual.getOrDefault(pool.kind(), 0));
    }

    /** Every pool that a spec may come to need. */
    public Set<Slot> pools() {
        Set<Slot> pools = new TreeSet<>();
        known.forEach(slot -> pools.add(pool(slot)));
        return pools;
    }

    private static void requireLimit(String what, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("the limit of " + what + " must be 0 or more, but was " + limit);
        }
    }
}
