package dev.hubferry.orchestrator.saga.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Priority;
import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.engine.Slot.Kind;
import dev.hubferry.orchestrator.saga.engine.SlotUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whose turn it is. */
class SlotQueueTest {
    private static final Instant T = Instant.parse("2026-11-26T10:00:00Z");
    private static final Limits ONE_EACH = limits(1, Map.of(), Map.of());

    @Test
    void grantsAsManyAsTheLimitAllows() {
        Limits two = limits(2, Map.of(), Map.of());
        assertThat(ready(two, waiting("a", 1, "x"), waiting("b", 2, "x"), waiting("c", 3, "x")))
                .containsExactly("a", "b");
        assertThat(ready(two, held("h", "x"), waiting("a", 1, "x"), waiting("b", 2, "x")))
                .containsExactly("a");
    }

    @Test
    void letsThoseWhoWaitLongestInFirst() {
        assertThat(ready(ONE_EACH, waiting("late", 9, "x"), waiting("early", 3, "x")))
                .containsExactly("early");
    }

    @Test
    void letsTheMoreUrgentInFirst() {
        assertThat(ready(
                        ONE_EACH,
                        waiting("early", 1, "x"),
                        waiting("low", Priority.LOW, 0, "x"),
                        waiting("urgent", Priority.HIGH, 9, "x")))
                .containsExactly("urgent");
    }

    @Test
    void givesAllThatOneNeedsOrNothing() {
        assertThat(ready(ONE_EACH, held("h", "y"), waiting("both", 1, "x", "y")))
                .isEmpty();
        assertThat(ready(ONE_EACH, waiting("both", 1, "x", "y"))).containsExactly("both");
    }

    @Test
    void letsNobodyOvertakeWhoNeedsTwoThingsWhereTheyWouldTakeFromIt() {
        // Given one thing that it needs is free, the other is not
        List<String> ready = ready(
                ONE_EACH,
                held("h", "y"),
                waiting("both", 1, "x", "y"),
                waiting("small", 2, "x"),
                waiting("other", 3, "z"));

        // Then the free one is kept for it, and whoever needs neither goes on
        assertThat(ready).containsExactly("other");
    }

    @Test
    void letsThoseBehindHaveWhatIsLeftBesides() {
        Limits three = limits(1, Map.of(slot("x"), 3), Map.of());
        assertThat(ready(
                        three,
                        held("h", "y"),
                        waiting("both", 1, "x", "y"),
                        waiting("b", 2, "x"),
                        waiting("c", 3, "x"),
                        waiting("d", 4, "x")))
                .containsExactly("b", "c");
    }

    @Test
    void keepsNothingForWhoNeedsWhatIsClosed() {
        Limits closed = limits(1, Map.of(slot("y"), 0), Map.of());
        assertThat(ready(closed, waiting("both", 1, "x", "y"), waiting("small", 2, "x")))
                .containsExactly("small");
    }

    @Test
    void grantsNothingWhileALoweredLimitIsExceeded() {
        assertThat(ready(ONE_EACH, held("h", "x"), held("i", "x"), waiting("a", 1, "x")))
                .isEmpty();
    }

    @Test
    void countsTheZonesOfAnAccountTogether() {
        Limits limits = limits(1, Map.of(), Map.of("zone-1", "company", "zone-2", "company"));
        Place first = place("a", new SlotUse.Waiting("cut", Set.of(zone("zone-1")), Priority.NORMAL, T));
        Place second =
                place("b", new SlotUse.Waiting("cut", Set.of(zone("zone-2")), Priority.NORMAL, T.plusSeconds(1)));
        SlotQueue queue = new SlotQueue(List.of(first, second), limits);
        assertThat(queue.ready()).containsExactly(first);
        assertThat(queue.lackedBy(second)).extracting(pool -> pool.slot().key()).containsExactly("dns-cutover/company");
    }

    @Test
    void saysWhoWaitsInWhichPlaceForWhat() {
        Place both = waiting("both", 1, "x", "y");
        Place small = waiting("small", 2, "x");
        SlotQueue queue = new SlotQueue(List.of(small, both, held("h", "y")), ONE_EACH);
        assertThat(queue.pools())
                .filteredOn(pool -> pool.slot().equals(slot("x")))
                .singleElement()
                .satisfies(pool -> {
                    assertThat(pool.positionOf(both.migration())).isEqualTo(1);
                    assertThat(pool.positionOf(small.migration())).isEqualTo(2);
                });
        assertThat(queue.lackedBy(both)).extracting(SlotQueue.Pool::slot).containsExactly(slot("y"));
        assertThat(queue.lackedBy(small)).extracting(SlotQueue.Pool::slot).containsExactly(slot("x"));
        assertThat(queue.waiting(both.migration())).contains(both);
        assertThat(queue.waiting(new MigrationId("h"))).isEmpty();
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatThrownBy(() -> limits(-1, Map.of(), Map.of())).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> limits(1, Map.of(slot("x"), -2), Map.of())).hasMessageContaining("seed/x");
    }

    /** Whatever comes, in whatever order things are given back: nobody is forgotten, and no limit exceeded. */
    @Test
    void letsEverybodyInOnce() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            List<Place> waiting = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String[] needs = random.nextInt(3) == 0
                        ? new String[] {"x", "y"}
                        : new String[] {"xyz".charAt(random.nextInt(3)) + ""};
                waiting.add(waiting("m" + i, Priority.values()[random.nextInt(3)], i, needs));
            }
            assertThat(work(waiting, limits(2, Map.of(), Map.of()), random))
                    .as("seed %d", seed)
                    .hasSize(40);
        }
    }

    /** As long as small ones keep coming behind it, one that needs two things waits for those before it only. */
    @Test
    void starvesNobodyByASteadyStreamOfSmallOnes() {
        Random random = new Random(7);
        List<Place> held = new ArrayList<>(List.of(held("h1", "x"), held("h2", "y")));
        List<Place> waiting = new ArrayList<>(List.of(waiting("both", 0, "x", "y")));
        for (int round = 1; round <= 3; round++) {
            waiting.add(waiting("x" + round, round, "x"));
            waiting.add(waiting("y" + round, round, "y"));
            List<Place> all = new ArrayList<>(held);
            all.addAll(waiting);
            List<Place> ready = new SlotQueue(all, ONE_EACH).ready();
            if (ready.stream().anyMatch(place -> place.migration().value().equals("both"))) {
                assertThat(round).isEqualTo(3);
                return;
            }
            assertThat(ready).as("nobody passes it").isEmpty();
            held.remove(random.nextInt(held.size()));
        }
        throw new AssertionError("it never had its turn");
    }

    private static List<String> work(List<Place> waiting, Limits limits, Random random) {
        List<Place> held = new ArrayList<>();
        List<String> done = new ArrayList<>();
        while (!waiting.isEmpty()) {
            List<Place> all = new ArrayList<>(held);
            all.addAll(waiting);
            for (Place place : new SlotQueue(all, limits).ready()) {
                waiting.remove(place);
                held.add(place(
                        place.migration().value(),
                        new SlotUse.Held(
                                "seed", place.use().slots(), place.use().priority())));
                done.add(place.migration().value());
            }
            new SlotQueue(held, limits)
                    .pools()
                    .forEach(pool -> assertThat(pool.held()).hasSizeLessThanOrEqualTo(pool.limit()));
            assertThat(held).as("somebody is at work").isNotEmpty();
            held.remove(random.nextInt(held.size()));
        }
        return done;
    }

    private static List<String> ready(Limits limits, Place... places) {
        return new SlotQueue(List.of(places), limits)
                .ready().stream().map(place -> place.migration().value()).toList();
    }

    private static Limits limits(int usual, Map<Slot, Integer> own, Map<String, String> accounts) {
        Map<Kind, Integer> all = Arrays.stream(Kind.values()).collect(Collectors.toMap(kind -> kind, _ -> usual));
        return new Limits(all, own, accounts, Set.of());
    }

    private static Place waiting(String migration, int since, String... storages) {
        return waiting(migration, Priority.NORMAL, since, storages);
    }

    private static Place waiting(String migration, Priority priority, int since, String... storages) {
        return place(migration, new SlotUse.Waiting("seed", slots(storages), priority, T.plusSeconds(since)));
    }

    private static Place held(String migration, String... storages) {
        return place(migration, new SlotUse.Held("seed", slots(storages), Priority.NORMAL));
    }

    private static Place place(String migration, SlotUse use) {
        Instant since = use instanceof SlotUse.Waiting waiting ? waiting.since() : T;
        return new Place(new MigrationId(migration), use, since);
    }

    private static Set<Slot> slots(String... storages) {
        return Arrays.stream(storages).map(SlotQueueTest::slot).collect(Collectors.toSet());
    }

    private static Slot slot(String storage) {
        return new Slot(Kind.SEED, storage);
    }

    private static Slot zone(String zone) {
        return new Slot(Kind.DNS_CUTOVER, zone);
    }
}
