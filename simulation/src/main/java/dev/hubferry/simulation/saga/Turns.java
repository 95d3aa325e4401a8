package dev.hubferry.simulation.saga;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Priority;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.engine.Slot.Kind;
import dev.hubferry.orchestrator.saga.engine.SlotUse;
import dev.hubferry.orchestrator.saga.queue.Limits;
import dev.hubferry.orchestrator.saga.queue.Place;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.chance.FaultKind;
import dev.hubferry.simulation.chance.Rows;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The slot table and the loop that grants: the real queue decides whose turn it is. Beside the migration there are others, which have what
 * it needs when it comes, and of which some are more urgent.
 */
public class Turns {
    private static final int MOST_RIVALS = 6;
    private static final int LONGEST_HOLD = 21_600_000;
    private static final Limits ONE_EACH = new Limits(oneEach(), Map.of(), Map.of(), Set.of());

    private final Chance chance;
    private final MigrationId migration;
    private final Rows rows;
    private final Scribe scribe;
    private final Consumer<String> granted;
    private final List<Place> own = new ArrayList<>();
    private final List<Place> others = new ArrayList<>();
    private int rivals;

    /** What a queue needs. @param granted is told the step whose turn has come */
    public record Setting(Chance chance, MigrationId migration, Rows rows, Scribe scribe, Consumer<String> granted) {}

    public Turns(Setting setting) {
        this.chance = setting.chance();
        this.migration = setting.migration();
        this.rows = setting.rows();
        this.scribe = setting.scribe();
        this.granted = setting.granted();
    }

    /** What the migration waits for and has from now on. */
    final void put(List<SlotUse> uses) {
        own.clear();
        for (SlotUse use : uses) {
            own.add(new Place(migration, use, chance.agenda().instant()));
            switch (use) {
                case SlotUse.Waiting waiting -> crowd(waiting);
                case SlotUse.Held _ -> {}
            }
        }
        changed();
    }

    /** Others have been there before, and some more may come. */
    private void crowd(SlotUse.Waiting waiting) {
        StepRef step = new StepRef(waiting.step(), Direction.DO, 1);
        if (rivals >= MOST_RIVALS || !chance.faults().strike(FaultKind.CROWDED, rows.of(step))) {
            return;
        }
        List<Slot> wanted = List.copyOf(waiting.slots());
        hold(rival(new SlotUse.Held(step.name(), Set.of(any(wanted)), Priority.NORMAL)));
        for (int more = chance.dice().below(3); more > 0; more--) {
            Priority priority = chance.dice().oneIn(2) ? Priority.HIGH : Priority.NORMAL;
            chance.soon(1, 3_600_000, () -> come(someOf(wanted), priority));
        }
    }

    /** One or two. */
    private Set<Slot> someOf(List<Slot> slots) {
        return new HashSet<>(List.of(any(slots), any(slots)));
    }

    private Slot any(List<Slot> slots) {
        return slots.get(chance.dice().below(slots.size()));
    }

    private void come(Set<Slot> slots, Priority priority) {
        others.add(rival(new SlotUse.Waiting(
                "seed-homes", slots, priority, chance.agenda().instant())));
        changed();
    }

    private Place rival(SlotUse use) {
        rivals++;
        return new Place(new MigrationId("r-" + rivals), use, chance.agenda().instant());
    }

    private void hold(Place held) {
        if (!full(held).isEmpty()) {
            return;
        }
        others.add(held);
        chance.soon(1_000, chance.dice().oneIn(4) ? LONGEST_HOLD : 600_000, () -> {
            others.remove(held);
            changed();
        });
    }

    private List<SlotQueue.Pool> full(Place place) {
        SlotQueue queue = queue();
        return queue.poolsOf(place).stream()
                .filter(pool -> pool.held().size() >= pool.limit())
                .toList();
    }

    private void changed() {
        scribe.uses(queue());
        wake();
    }

    /** The loop looks soon, here or in another replica. */
    protected void wake() {
        chance.soon(1, chance.dice().oneIn(8) ? 600 : 20, this::look);
    }

    private void look() {
        for (Place place : ready(queue())) {
            if (place.migration().equals(migration)) {
                granted.accept(place.use().step());
            } else if (others.remove(place)) {
                SlotUse use = place.use();
                hold(new Place(
                        place.migration(),
                        new SlotUse.Held(use.step(), use.slots(), use.priority()),
                        chance.agenda().instant()));
                scribe.uses(queue());
            }
        }
    }

    protected List<Place> ready(SlotQueue queue) {
        return queue.ready();
    }

    private SlotQueue queue() {
        List<Place> all = new ArrayList<>(own);
        all.addAll(others);
        return new SlotQueue(all, ONE_EACH);
    }

    private static Map<Kind, Integer> oneEach() {
        Map<Kind, Integer> limits = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            limits.put(kind, 1);
        }
        return limits;
    }
}
