package dev.hubferry.dns.adapter.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Table {@code zone_turn}: whose turn it is to write a zone, and the write that may still take effect. All ends are the database's time. */
final class ZoneTurnTable {

    /** Takes a zone that is free, that was held too long, or that an earlier run of the same command left behind. */
    private static final String TAKE = """
            insert into zone_turn (zone, command_id, epoch, until)
            values (?, ?, ?, clock_timestamp() + ? * interval '1 millisecond')
            on conflict (zone) do update
            set command_id = excluded.command_id, epoch = excluded.epoch, until = excluded.until
            where case
                    when zone_turn.command_id = excluded.command_id then zone_turn.epoch <= excluded.epoch
                    else zone_turn.until is null or zone_turn.until <= clock_timestamp()
                  end
            """;

    private static final String EXTEND = """
            update zone_turn
            set until = clock_timestamp() + ? * interval '1 millisecond'
            where zone = ? and command_id = ? and epoch = ? and until is not null
            """;

    private static final String FREE = """
            update zone_turn
            set until = null
            where zone = ? and command_id = ? and epoch = ?
            """;

    private static final String BEGIN_WRITE = """
            update zone_turn
            set until = clock_timestamp() + ? * interval '1 millisecond', write_at = ?, write_json = ?
            where zone = ? and command_id = ? and epoch = ? and until is not null
            """;

    private static final String END_WRITE = """
            update zone_turn
            set write_at = null, write_json = null
            where zone = ? and command_id = ? and epoch = ? and until is not null
            """;

    private static final String SELECT_WRITE = """
            select write_at, write_json
            from zone_turn
            where zone = ? and write_json is not null
            """;

    private ZoneTurnTable() {}

    /** One run that has, or wants, a zone. */
    record Holder(String zone, String command, long epoch) {}

    record Write(Instant at, String json) {}

    static boolean take(Connection connection, Holder holder, Duration lasts) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(TAKE)) {
            set(insert, 1, holder);
            insert.setLong(4, lasts.toMillis());
            return insert.executeUpdate() == 1;
        }
    }

    /** False when the turn was lost. */
    static boolean extend(Connection connection, Holder holder, Duration lasts) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(EXTEND)) {
            update.setLong(1, lasts.toMillis());
            set(update, 2, holder);
            return update.executeUpdate() == 1;
        }
    }

    /** False when the turn was lost; the write is not recorded then. */
    static boolean beginWrite(Connection connection, Holder holder, Duration lasts, Write write) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(BEGIN_WRITE)) {
            update.setLong(1, lasts.toMillis());
            update.setObject(2, write.at().atOffset(ZoneOffset.UTC));
            update.setString(3, write.json());
            set(update, 4, holder);
            return update.executeUpdate() == 1;
        }
    }

    /** Does nothing when the turn was lost: who has it settles the write. */
    static boolean endWrite(Connection connection, Holder holder) throws SQLException {
        return update(connection, END_WRITE, holder);
    }

    static boolean free(Connection connection, Holder holder) throws SQLException {
        return update(connection, FREE, holder);
    }

    static Optional<Write> write(Connection connection, String zone) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT_WRITE)) {
            select.setString(1, zone);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Write(
                                rows.getObject(1, OffsetDateTime.class).toInstant(), rows.getString(2)))
                        : Optional.empty();
            }
        }
    }

    private static boolean update(Connection connection, String sql, Holder holder) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            set(update, 1, holder);
            return update.executeUpdate() == 1;
        }
    }

    private static void set(PreparedStatement statement, int index, Holder holder) throws SQLException {
        statement.setString(index, holder.zone());
        statement.setString(index + 1, holder.command());
        statement.setLong(index + 2, holder.epoch());
    }
}
