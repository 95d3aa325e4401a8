package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.orchestrator.webhook.WebhookStore.Claim;
import dev.hubferry.orchestrator.webhook.WebhookStore.DeadLetter;
import dev.hubferry.orchestrator.webhook.WebhookStore.WebhookEventRef;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Table {@code webhook_dead_letter}: what webhooks did not take. */
final class DeadLetterTable {
    /** One that was sent again and died again stays the same. */
    private static final String PUT = """
            insert into webhook_dead_letter as letter
                (webhook, migration_id, seq, type, happened_at, died_at, attempts, reason)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (webhook, migration_id, seq) do update
            set died_at = excluded.died_at, attempts = letter.attempts + excluded.attempts, reason = excluded.reason
            """;

    private static final String PAGE = """
            select letter.id, letter.migration_id, seq, type, happened_at, died_at, letter.attempts, reason,
                lane.id is not null as again
            from webhook_dead_letter letter
            left join webhook_lane lane on lane.dead_letter = letter.id
            where letter.webhook = ? and letter.id > ?
            order by letter.id
            limit ?
            """;

    private static final String COUNT = """
            select count(*)
            from webhook_dead_letter
            where webhook = ? and (?::bigint is null or id = ?)
            """;

    private static final String DELETE = """
            delete from webhook_dead_letter
            where id = ?
            """;

    /** Not what is being sent again. */
    private static final String FORGET = """
            delete from webhook_dead_letter letter
            where died_at < ?
              and not exists (select from webhook_lane where dead_letter = letter.id)
            """;

    private DeadLetterTable() {}

    static void put(Connection connection, Claim claim, String reason, Instant now) throws SQLException {
        try (var insert = connection.prepareStatement(PUT)) {
            insert.setString(1, claim.webhook());
            insert.setString(2, claim.event().migration().value());
            insert.setLong(3, claim.event().sequence());
            insert.setString(4, claim.event().type());
            Sql.set(insert, 5, claim.event().at());
            Sql.set(insert, 6, now);
            insert.setInt(7, claim.attempts() + 1);
            insert.setString(8, reason);
            insert.executeUpdate();
        }
    }

    static List<DeadLetter> page(Connection connection, String webhook, long after, int limit) throws SQLException {
        try (var select = connection.prepareStatement(PAGE)) {
            select.setString(1, webhook);
            select.setLong(2, after);
            select.setInt(3, limit);
            return Sql.all(select, DeadLetterTable::letter);
        }
    }

    static int count(Connection connection, String webhook, OptionalLong letter) throws SQLException {
        try (var select = connection.prepareStatement(COUNT)) {
            Long id = letter.isPresent() ? Long.valueOf(letter.getAsLong()) : null;
            select.setString(1, webhook);
            select.setObject(2, id, java.sql.Types.BIGINT);
            select.setObject(3, id, java.sql.Types.BIGINT);
            return Sql.first(select, row -> row.getInt(1)).orElse(0);
        }
    }

    static void delete(Connection connection, long letter) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE)) {
            delete.setLong(1, letter);
            delete.executeUpdate();
        }
    }

    static int forget(Connection connection, Instant before) throws SQLException {
        try (var delete = connection.prepareStatement(FORGET)) {
            Sql.set(delete, 1, before);
            return delete.executeUpdate();
        }
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getLong("id"),
                new WebhookEventRef(
                        row.getString("migration_id"),
                        row.getLong("seq"),
                        row.getString("type"),
                        Sql.instant(row, "happened_at")),
                Sql.instant(row, "died_at"),
                row.getInt("attempts"),
                row.getString("reason"),
                row.getBoolean("again"));
    }
}
