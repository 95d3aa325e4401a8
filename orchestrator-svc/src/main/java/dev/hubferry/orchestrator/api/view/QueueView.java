package dev.hubferry.orchestrator.api.view;

import dev.hubferry.contracts.Priority;
import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.queue.Place;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import dev.hubferry.orchestrator.saga.queue.SlotQueue.Pool;
import java.time.Instant;
import java.util.List;

/**
 * Who uses what there is little of, and who waits for it.
 *
 * @param resources every one that a spec may come to need
 */
public record QueueView(List<Resource> resources) {
    /**
     * @param resource such as {@code seed/nfs-old}
     * @param limit how many may have it at once
     * @param waiting in the order of their turns
     */
    public record Resource(
            String resource, Slot.Kind kind, String name, int limit, List<Holder> held, List<Waiter> waiting) {
        private static Resource of(SlotQueue queue, Pool pool) {
            return new Resource(
                    pool.slot().key(),
                    pool.slot().kind(),
                    pool.slot().name(),
                    pool.limit(),
                    pool.held().stream().map(Holder::of).toList(),
                    pool.waiting().stream()
                            .map(place -> Waiter.of(queue, pool, place))
                            .toList());
        }
    }

    /** @param step the first one of those that need it */
    public record Holder(String migration, String step, Instant since) {
        private static Holder of(Place place) {
            return new Holder(place.migration().value(), place.use().step(), place.since());
        }
    }

    /**
     * @param position 1 is next
     * @param needs every resource that it needs; granted together or not at all
     * @param lacks those of them that keep it waiting: full, or kept for those before it
     */
    public record Waiter(
            int position,
            String migration,
            String step,
            Priority priority,
            Instant since,
            List<String> needs,
            List<String> lacks) {
        private static Waiter of(SlotQueue queue, Pool pool, Place place) {
            return new Waiter(
                    pool.positionOf(place.migration()),
                    place.migration().value(),
                    place.use().step(),
                    place.use().priority(),
                    place.since(),
                    keys(queue.poolsOf(place)),
                    keys(queue.lackedBy(place)));
        }

        private static List<String> keys(List<Pool> pools) {
            return pools.stream().map(pool -> pool.slot().key()).toList();
        }
    }

    public static QueueView of(SlotQueue queue) {
        return new QueueView(
                queue.pools().stream().map(pool -> Resource.of(queue, pool)).toList());
    }
}
