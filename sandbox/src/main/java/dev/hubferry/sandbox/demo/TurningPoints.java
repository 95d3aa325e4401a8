package dev.hubferry.sandbox.demo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of the saga from which there is a way back, and whose failure the demo can therefore show; a test compares them with the table
 * that the orchestrator shows.
 */
public final class TurningPoints {
    /** The row from which it goes forward only. */
    public static final String PIVOT = "open-target";

    /** The rows at which users still work on the old hub, from top to bottom. */
    public static final List<String> BEFORE_DOWNTIME = List.of(
            "check-source",
            "check-target",
            "check-homes",
            "check-database",
            "check-zone",
            "check-record",
            "approve-plan",
            "hold-target",
            "open-route",
            "seed-homes",
            "lower-ttl",
            "old-ttl-expired",
            "approve-downtime",
            "cutover-window");

    /** The rows between the closing of the old hub and the pivot, from top to bottom. */
    public static final List<String> IN_DOWNTIME = List.of(
            "close-source",
            "evict-users",
            "stop-source-hub",
            "sync-final",
            "transfer-database",
            "verify-homes",
            "start-target-hub",
            "smoke-test-target",
            "confirm-quiet",
            "confirm-fence",
            "switch-record",
            "await-propagation",
            "confirm-still-quiet",
            "confirm-still-fenced");

    /** Every row above the pivot, from top to bottom. */
    public static final List<String> ALL =
            Stream.of(BEFORE_DOWNTIME, IN_DOWNTIME).flatMap(List::stream).toList();

    private static final List<String> AFTER =
            List.of(PIVOT, "verify-live", "soak", "approve-cleanup", "restore-ttl", "close-route");

    private TurningPoints() {}

    /** Why the migration cannot turn round at this row; empty when it can. */
    static Optional<String> whyNot(String row) {
        if (ALL.contains(row)) {
            return Optional.empty();
        }
        String why = AFTER.contains(row)
                ? " comes after the way back has ended: from " + PIVOT + " on the migration goes forward only"
                : " is no step";
        return Optional.of("'" + row + "'" + why + "; choose one of " + String.join(", ", ALL));
    }
}
