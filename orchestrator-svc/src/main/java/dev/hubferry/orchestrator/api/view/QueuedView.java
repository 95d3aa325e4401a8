package dev.hubferry.orchestrator.api.view;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Priority;
import dev.hubferry.orchestrator.saga.queue.Place;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a queued step waits for.
 *
 * @param since what its turn is reckoned from
 * @param needs all that it needs; granted together or not at all
 */
public record QueuedView(String step, Priority priority, Instant since, List<Need> needs) {
    /**
     * @param resource such as {@code seed/nfs-old}
     * @param held how many of {@code limit} others have
     * @param position its place among those that wait for it; 1 is next
     * @param lacking whether this is what keeps it waiting: full, or kept for those before it
     */
    public record Need(String resource, int limit, int held, int position, boolean lacking) {
        private static Need of(SlotQueue queue, Place place, SlotQueue.Pool pool) {
            return new Need(
                    pool.slot().key(),
                    pool.limit(),
                    pool.held().size(),
                    pool.positionOf(place.migration()),
                    queue.lackedBy(place).contains(pool));
        }
    }

    /** Empty when the migration waits for nothing, or does not want it now, as in a pause. */
    public static Optional<QueuedView> of(SlotQueue queue, MigrationId migration) {
        return queue.waiting(migration)
                .map(place -> new QueuedView(
                        place.use().step(),
                        place.use().priority(),
                        place.since(),
                        queue.poolsOf(place).stream()
                                .map(pool -> Need.of(queue, place, pool))
                                .toList()));
    }
}
