package dev.hubferry.orchestrator.adapter.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.WireTypes;
import dev.hubferry.messaging.WireJson;
import dev.hubferry.orchestrator.saga.MigrationStore.NumberedEvent;
import dev.hubferry.orchestrator.webhook.WebhookEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Table {@code migration_event}: the history of each migration, numbered without gaps. */
final class EventTable {
    private static final String INSERT = """
            insert into migration_event (migration_id, seq, type, body, at)
            select migration_id, seq, type, body::jsonb, at::timestamptz
            from unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[])
                as happened (migration_id, seq, type, body, at)
            """;

    private static final String AFTER = """
            select seq, type, body, at
            from migration_event
            where migration_id = ? and seq > ?
            order by seq
            limit ?
            """;

    private static final String BETWEEN = """
            select seq, type, body, at
            from migration_event
            where migration_id = ? and seq between ? and ?
            order by seq
            limit ?
            """;

    private EventTable() {}

    /** An event and whose it is. */
    record Entry(MigrationId migration, NumberedEvent event) {}

    static void insert(Connection connection, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement(INSERT)) {
            Sql.setTexts(insert, 1, entries, entry -> entry.migration().value());
            Sql.setNumbers(insert, 2, entries, entry -> entry.event().sequence());
            Sql.setTexts(
                    insert,
                    3,
                    entries,
                    entry -> WireTypes.nameOf(entry.event().event().getClass()));
            Sql.setTexts(insert, 4, entries, entry -> json(entry.event().event()));
            Sql.setTexts(insert, 5, entries, entry -> entry.event().at().toString());
            insert.executeUpdate();
        }
    }

    static List<NumberedEvent> after(Connection connection, MigrationId migration, long after, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(AFTER)) {
            select.setString(1, migration.value());
            select.setLong(2, after);
            select.setInt(3, limit);
            return Sql.all(select, EventTable::event);
        }
    }

    /** As they are kept, of types too that this version does not know. */
    static List<WebhookEvent> between(Connection connection, MigrationId migration, long first, long last, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(BETWEEN)) {
            select.setString(1, migration.value());
            select.setLong(2, first);
            select.setLong(3, last);
            select.setInt(4, limit);
            return Sql.all(
                    select,
                    row -> new WebhookEvent(
                            migration,
                            row.getLong("seq"),
                            row.getString("type"),
                            Sql.instant(row, "at"),
                            row.getString("body")));
        }
    }

    private static NumberedEvent event(ResultSet row) throws SQLException {
        String type = row.getString("type");
        Class<? extends MigrationEvent> known = WireTypes.find(type)
                .map(found -> found.asSubclass(MigrationEvent.class))
                .orElseThrow(
                        () -> new IllegalStateException("the history holds '" + type + "', which is not known here"));
        try {
            MigrationEvent body = WireJson.mapper().readValue(row.getString("body"), known);
            return new NumberedEvent(row.getLong("seq"), Sql.instant(row, "at"), body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of type " + type + " cannot be read", e);
        }
    }

    private static String json(MigrationEvent event) {
        try {
            return WireJson.mapper().writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of " + event.getClass() + " cannot be written as JSON", e);
        }
    }
}
