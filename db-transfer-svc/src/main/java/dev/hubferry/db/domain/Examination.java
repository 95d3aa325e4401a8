package dev.hubferry.db.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the doctor found in a database.
 *
 * @param damage what SQLite's integrity check or the reader complained about; when not empty the rest may be missing
 * @param schemaHead the Alembic revision; empty when the file names none
 * @param sizeBytes size of the file
 * @param userNames all accounts
 * @param usersWithAuthState accounts with an encrypted auth state
 * @param runningServers user servers that the database believes to run
 * @param stateNamespaces the namespaces that spawners' states name
 * @param brokenReferences by table, rows that refer to rows that are gone
 * @param rows by table, how many rows it has
 */
public record Examination(
        List<String> damage,
        Optional<String> schemaHead,
        long sizeBytes,
        Set<String> userNames,
        long usersWithAuthState,
        long runningServers,
        Set<String> stateNamespaces,
        Map<String, Long> brokenReferences,
        Map<String, Long> rows) {
    public Examination {
        damage = List.copyOf(damage);
        userNames = Set.copyOf(userNames);
        stateNamespaces = Set.copyOf(stateNamespaces);
        brokenReferences = Map.copyOf(brokenReferences);
        rows = Map.copyOf(rows);
    }

    /** Of a file in which nothing can be read. */
    public static Examination damaged(List<String> damage, long sizeBytes) {
        return new Examination(damage, Optional.empty(), sizeBytes, Set.of(), 0, 0, Set.of(), Map.of(), Map.of());
    }

    /** Whether the file is sound. */
    public boolean sound() {
        return damage.isEmpty();
    }
}
