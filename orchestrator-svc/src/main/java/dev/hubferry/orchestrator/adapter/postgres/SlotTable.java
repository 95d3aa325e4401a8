package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Priority;
import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.engine.SlotUse;
import dev.hubferry.orchestrator.saga.queue.Place;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Table {@code slot}: who waits for slots and who has them; changed only by who holds the migration's lock, and a slot is taken only by
 * who has serialized grants as well.
 */
final class SlotTable {
    /** Serializes grants, over all replicas, until the transaction ends. */
    private static final String SERIALIZE = """
            select pg_advisory_xact_lock(hashtextextended(current_schema() || '.slot', 0))
            """;

    private static final String DELETE_OTHERS = """
            delete from slot
            where migration_id = ? and not step || ' ' || slot = any (?)
            """;

    /** Who has a slot has it since it was granted, whatever is changed meanwhile. */
    private static final String UPSERT = """
            insert into slot (migration_id, step, slot, stage, priority, since)
            values (?, ?, ?, ?, ?, ?)
            on conflict (migration_id, step, slot) do update
            set stage = excluded.stage,
                priority = excluded.priority,
                since = case when slot.stage = excluded.stage then slot.since else excluded.since end
            """;

    /** Slots of kinds that only newer processes know are left out: nobody whom this one grants anything needs such. */
    private static final String ALL = """
            select migration_id, step, stage, priority, since, array_agg(slot) as slots, definition = any (?) as ours
            from slot
            join migration on migration.id = migration_id
            where split_part(slot, '/', 1) = any (?)
            group by migration_id, step, stage, priority, since, definition
            """;

    private SlotTable() {}

    static void serialize(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(SERIALIZE)) {
            select.execute();
        }
    }

    /** Puts down all that a migration waits for and has. */
    static void put(Connection connection, MigrationId migration, List<SlotUse> uses, Instant now) throws SQLException {
        deleteOthers(connection, migration, uses);
        try (var upsert = connection.prepareStatement(UPSERT)) {
            for (SlotUse use : uses) {
                for (Slot slot : use.slots()) {
                    upsert.setString(1, migration.value());
                    upsert.setString(2, use.step());
                    upsert.setString(3, slot.key());
                    upsert.setString(4, stage(use));
                    upsert.setString(5, use.priority().name());
                    Sql.set(upsert, 6, since(use, now));
                    upsert.addBatch();
                }
            }
            upsert.executeBatch();
        }
    }

    /** @param known definitions: who is on one of them is ours */
    static List<Place> all(Connection connection, Set<String> known) throws SQLException {
        try (var select = connection.prepareStatement(ALL)) {
            Sql.setTexts(select, 1, known, Function.identity());
            Sql.setTexts(select, 2, List.of(Slot.Kind.values()), Slot.Kind::wireName);
            return Sql.all(select, SlotTable::place);
        }
    }

    private static void deleteOthers(Connection connection, MigrationId migration, List<SlotUse> uses)
            throws SQLException {
        Object[] kept = uses.stream()
                .flatMap(use -> use.slots().stream().map(slot -> use.step() + " " + slot.key()))
                .toArray();
        try (var delete = connection.prepareStatement(DELETE_OTHERS)) {
            delete.setString(1, migration.value());
            delete.setArray(2, connection.createArrayOf("text", kept));
            delete.executeUpdate();
        }
    }

    private static String stage(SlotUse use) {
        return switch (use) {
            case SlotUse.Waiting _ -> "WAITING";
            case SlotUse.Held _ -> "HELD";
        };
    }

    private static Instant since(SlotUse use, Instant now) {
        return switch (use) {
            case SlotUse.Waiting waiting -> waiting.since();
            case SlotUse.Held _ -> now;
        };
    }

    private static Place place(ResultSet row) throws SQLException {
        String step = row.getString("step");
        Priority priority = Priority.valueOf(row.getString("priority"));
        Instant since = Sql.instant(row, "since");
        SlotUse use = switch (row.getString("stage")) {
            case "WAITING" -> new SlotUse.Waiting(step, slots(row), priority, since);
            case "HELD" -> new SlotUse.Held(step, slots(row), priority);
            case String stage -> throw new IllegalStateException("no stage is called '" + stage + "'");
        };
        return new Place(new MigrationId(row.getString("migration_id")), use, since, row.getBoolean("ours"));
    }

    private static Set<Slot> slots(ResultSet row) throws SQLException {
        Array keys = row.getArray("slots");
        return Arrays.stream((Object[]) keys.getArray())
                .map(key -> Slot.ofKey((String) key))
                .collect(Collectors.toSet());
    }
}
