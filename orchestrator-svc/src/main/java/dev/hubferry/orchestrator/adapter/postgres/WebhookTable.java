package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.orchestrator.webhook.WebhookStore.Standing;
import dev.hubferry.orchestrator.webhook.WebhookStore.Waiting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Table {@code webhook}: which there are, and how they are; and the end of one in all tables. */
final class WebhookTable {
    /** In one order, so that replicas that start together do not wait for each other in a ring. */
    private static final String REGISTER = """
            insert into webhook (name, seen_at)
            select name, ?
            from unnest(?::text[]) as configured (name)
            order by name
            on conflict (name) do update set seen_at = greatest(webhook.seen_at, excluded.seen_at)
            """;

    private static final String SUCCEEDED = """
            update webhook
            set last_success_at = ?
            where name = ?
            """;

    private static final String FAILED = """
            update webhook
            set last_failure_at = ?, last_failure = ?
            where name = ?
            """;

    private static final String ALL = """
            select name, last_success_at, last_failure_at, last_failure,
                (select min(due_at) from webhook_lane where webhook = name) as next_at,
                (select count(*) from webhook_dead_letter where webhook = name) as dead
            from webhook
            order by name
            """;

    /** Dead letters that are sent again are counted as such. */
    private static final String WAITING = """
            select webhook, type, count(*) as events, min(at) as oldest
            from webhook_lane
            join migration_event on migration_event.migration_id = webhook_lane.migration_id
                and seq between next_seq and last_seq
            where dead_letter is null
            group by webhook, type
            order by webhook, type
            """;

    private static final String FORGET = """
            delete from webhook
            where seen_at < ?
            returning name
            """;

    /** Also what a transaction has left that saw the webhook when it was going. Never waits, since it takes many rows; the rest goes next time. */
    private static final String LANES_GO = """
            delete from webhook_lane
            where id in (
                select id
                from webhook_lane
                where not exists (select from webhook where name = webhook)
                for update skip locked)
            """;

    private static final String LETTERS_GO = """
            delete from webhook_dead_letter
            where not exists (select from webhook where name = webhook)
            """;

    private WebhookTable() {}

    static void register(Connection connection, Collection<String> names, Instant now) throws SQLException {
        try (var insert = connection.prepareStatement(REGISTER)) {
            Sql.set(insert, 1, now);
            Sql.setTexts(insert, 2, names, Function.identity());
            insert.executeUpdate();
        }
    }

    static void succeeded(Connection connection, String name, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(SUCCEEDED)) {
            Sql.set(update, 1, now);
            update.setString(2, name);
            update.executeUpdate();
        }
    }

    static void failed(Connection connection, String name, String reason, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(FAILED)) {
            Sql.set(update, 1, now);
            update.setString(2, reason);
            update.setString(3, name);
            update.executeUpdate();
        }
    }

    static List<Standing> all(Connection connection) throws SQLException {
        Map<String, List<Waiting>> waiting = new HashMap<>();
        try (var select = connection.prepareStatement(WAITING);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                waiting.computeIfAbsent(rows.getString("webhook"), _ -> new ArrayList<>())
                        .add(new Waiting(rows.getString("type"), rows.getLong("events"), Sql.instant(rows, "oldest")));
            }
        }
        try (var select = connection.prepareStatement(ALL)) {
            return Sql.all(
                    select,
                    row -> new Standing(
                            row.getString("name"),
                            time(row, "last_success_at"),
                            time(row, "last_failure_at"),
                            Optional.ofNullable(row.getString("last_failure")),
                            time(row, "next_at"),
                            waiting.getOrDefault(row.getString("name"), List.of()),
                            row.getLong("dead")));
        }
    }

    static List<String> forget(Connection connection, Instant before) throws SQLException {
        List<String> gone;
        try (var delete = connection.prepareStatement(FORGET)) {
            Sql.set(delete, 1, before);
            gone = Sql.all(delete, row -> row.getString("name"));
        }
        for (String sql : List.of(LANES_GO, LETTERS_GO)) {
            try (var delete = connection.prepareStatement(sql)) {
                delete.executeUpdate();
            }
        }
        return gone;
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
