package dev.hubferry.orchestrator.saga;

import dev.hubferry.contracts.MigrationId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A page of a list of migrations.
 *
 * @param limit most to return
 * @param after only those that stand behind this migration in the order of {@code sort}, for the next page
 */
public record ListQuery(int limit, Optional<MigrationId> after, Sort sort, Filter filter) {
    /** The newest of all. */
    public static ListQuery newest(int limit) {
        return new ListQuery(limit, Optional.empty(), Sort.NEWEST, Filter.NONE);
    }

    /** Shows whether there is another page. */
    public ListQuery withOneMore() {
        return new ListQuery(limit + 1, after, sort, filter);
    }

    /** By what a list can be sorted: only what never changes of a migration, so that none moves while somebody reads page after page. */
    public enum Key {
        REQUESTED_AT,
        NAME,
        REQUESTED_BY
    }

    /** Ids decide about those that are equal. */
    public record Sort(Key key, boolean descending) {
        public static final Sort NEWEST = new Sort(Key.REQUESTED_AT, true);
    }

    /**
     * What all in the list have in common; what is empty is any.
     *
     * @param statuses such as {@code RUNNING}
     * @param name a part of the name, in upper or lower case
     * @param namespace of the source or the target
     * @param requestedAfter requested then or later
     * @param requestedBefore requested earlier than that
     * @param waiting whether a gate waits for a person
     */
    public record Filter(
            Set<String> statuses,
            Optional<String> name,
            Optional<String> sourceCluster,
            Optional<String> targetCluster,
            Optional<String> namespace,
            Optional<String> zone,
            Optional<String> requestedBy,
            Optional<Instant> requestedAfter,
            Optional<Instant> requestedBefore,
            Optional<Boolean> waiting) {
        public static final Filter NONE = new Filter(
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        public Filter {
            statuses = Set.copyOf(statuses);
        }
    }
}
