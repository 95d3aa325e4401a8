package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.orchestrator.webhook.WebhookStore.Claim;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/** Table {@code webhook_lane}: what is still to be sent, a row for each webhook and migration. A trigger adds to it. */
final class LaneTable {
    /** Leases are counted by the database's clock, which is the same for all replicas; of a migration one dead letter after the other. */
    private static final String CLAIM = """
            with due as (
                select id
                from webhook_lane lane
                where webhook = ?
                  and due_at <= ?
                  and (leased_until is null or leased_until <= clock_timestamp())
                  and (dead_letter is null or not exists (
                      select
                      from webhook_lane earlier
                      where earlier.webhook = lane.webhook
                        and earlier.migration_id = lane.migration_id
                        and earlier.dead_letter is not null
                        and earlier.next_seq < lane.next_seq))
                order by due_at, id
                limit 1
                for update skip locked
            )
            update webhook_lane
            set lease = ?, leased_until = clock_timestamp() + ? * interval '1 millisecond'
            from due
            where webhook_lane.id = due.id
            returning webhook_lane.id, migration_id, next_seq, last_seq, attempts, failing_since, dead_letter
            """;

    private static final String PASS_OVER = """
            update webhook_lane
            set next_seq = ?
            where id = ? and lease = ?
            """;

    private static final String EMPTY = """
            delete from webhook_lane
            where id = ? and lease = ? and last_seq <= ?
            """;

    private static final String ADVANCE = """
            update webhook_lane
            set next_seq = ?, attempts = 0, due_at = ?, lease = null, leased_until = null,
                failing_since = case when ? then null else failing_since end
            where id = ? and lease = ?
            """;

    private static final String FAIL = """
            update webhook_lane
            set attempts = attempts + 1, due_at = ?, lease = null, leased_until = null,
                failing_since = coalesce(failing_since, ?)
            where id = ? and lease = ?
            """;

    private static final String GIVE_BACK = """
            update webhook_lane
            set lease = null, leased_until = null
            where id = ? and lease = ?
            """;

    private static final String SEND_AGAIN = """
            insert into webhook_lane (webhook, migration_id, next_seq, last_seq, due_at, dead_letter)
            select webhook, migration_id, seq, seq, ?, id
            from webhook_dead_letter
            where webhook = ? and (?::bigint is null or id = ?)
            on conflict (dead_letter) where dead_letter is not null do nothing
            """;

    /** Never waits, since it takes many rows: who appends events takes many too. */
    private static final String HURRY = """
            update webhook_lane
            set due_at = ?
            where id in (select id from webhook_lane where webhook = ? and due_at > ? for update skip locked)
            """;

    private LaneTable() {}

    /** @param last the number of the last event that there is to send */
    record Row(
            long id,
            String migration,
            long next,
            long last,
            int attempts,
            Optional<Instant> failingSince,
            OptionalLong deadLetter) {}

    static Optional<Row> claim(Connection connection, String webhook, Instant now, String lease, Duration length)
            throws SQLException {
        try (var claim = connection.prepareStatement(CLAIM)) {
            claim.setString(1, webhook);
            Sql.set(claim, 2, now);
            claim.setString(3, lease);
            claim.setLong(4, length.toMillis());
            return Sql.first(claim, LaneTable::row);
        }
    }

    static void passOver(Connection connection, long lane, String lease, long next) throws SQLException {
        try (var update = connection.prepareStatement(PASS_OVER)) {
            update.setLong(1, next);
            update.setLong(2, lane);
            update.setString(3, lease);
            update.executeUpdate();
        }
    }

    /** True when nothing is left to send behind {@code last}; the lane is gone then. */
    static boolean empty(Connection connection, long lane, String lease, long last) throws SQLException {
        try (var delete = connection.prepareStatement(EMPTY)) {
            delete.setLong(1, lane);
            delete.setString(2, lease);
            delete.setLong(3, last);
            return delete.executeUpdate() > 0;
        }
    }

    /** The event of a claim is done with. @return false when the lane is somebody else's by now */
    static boolean advance(Connection connection, Claim claim, boolean taken, Instant now) throws SQLException {
        long sequence = claim.event().sequence();
        // First, since it takes the row if there is nothing more; what is appended meanwhile waits for that, or keeps
        // the row.
        if (empty(connection, claim.lane(), claim.lease(), sequence)) {
            return true;
        }
        try (var update = connection.prepareStatement(ADVANCE)) {
            update.setLong(1, sequence + 1);
            Sql.set(update, 2, now);
            update.setBoolean(3, taken);
            update.setLong(4, claim.lane());
            update.setString(5, claim.lease());
            return update.executeUpdate() > 0;
        }
    }

    static boolean fail(Connection connection, Claim claim, Instant now, Instant next) throws SQLException {
        try (var update = connection.prepareStatement(FAIL)) {
            Sql.set(update, 1, next);
            Sql.set(update, 2, now);
            update.setLong(3, claim.lane());
            update.setString(4, claim.lease());
            return update.executeUpdate() > 0;
        }
    }

    static boolean giveBack(Connection connection, long lane, String lease) throws SQLException {
        try (var update = connection.prepareStatement(GIVE_BACK)) {
            update.setLong(1, lane);
            update.setString(2, lease);
            return update.executeUpdate() > 0;
        }
    }

    static void sendAgain(Connection connection, String webhook, OptionalLong letter, Instant now) throws SQLException {
        try (var insert = connection.prepareStatement(SEND_AGAIN)) {
            Sql.set(insert, 1, now);
            insert.setString(2, webhook);
            setId(insert, 3, letter);
            setId(insert, 4, letter);
            insert.executeUpdate();
        }
    }

    /** What waits for another attempt is due now. */
    static void hurry(Connection connection, String webhook, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(HURRY)) {
            Sql.set(update, 1, now);
            update.setString(2, webhook);
            Sql.set(update, 3, now);
            update.executeUpdate();
        }
    }

    private static void setId(PreparedStatement statement, int parameter, OptionalLong id) throws SQLException {
        statement.setObject(parameter, id.isPresent() ? id.getAsLong() : null, java.sql.Types.BIGINT);
    }

    private static Row row(ResultSet row) throws SQLException {
        long letter = row.getLong("dead_letter");
        OptionalLong deadLetter = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(letter);
        return new Row(
                row.getLong("id"),
                row.getString("migration_id"),
                row.getLong("next_seq"),
                row.getLong("last_seq"),
                row.getInt("attempts"),
                Optional.ofNullable(row.getObject("failing_since", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                deadLetter);
    }
}
