package dev.hubferry.db.domain;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the doctor changed in a database.
 *
 * @param serversStopped spawners that no longer claim a running server
 * @param serverRowsRemoved addresses of those servers that were removed
 * @param statesMoved spawners whose state now names the target's namespace
 * @param statesUnreadable spawners whose state is no JSON object and was left alone
 */
public record Healing(long serversStopped, long serverRowsRemoved, long statesMoved, long statesUnreadable) {
    /** The table that holds the addresses of running servers. */
    public static final String SERVERS = "servers";

    /** How many rows each table must have after this healing, when it had {@code before}. */
    public Map<String, Long> expected(Map<String, Long> before) {
        Map<String, Long> expected = new TreeMap<>(before);
        expected.computeIfPresent(SERVERS, (table, rows) -> rows - serverRowsRemoved);
        return expected;
    }
}
