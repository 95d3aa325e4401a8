package dev.hubferry.messaging;

import dev.hubferry.contracts.MessageId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Table {@code inbox}: commands in the order of their arrival, and who holds which.
 *
 * <pre>
 *   arrival ──► PENDING ──claim──► RUNNING ──end──► DONE
 *                  │                │   ▲             ▲
 *                  │                └───┘ claim by another, when the lease ran out: epoch + 1
 *                  └──── withdrawn before it started ─┘
 * </pre>
 *
 * All times are the database's, so that the replicas' clocks need not agree.
 */
final class InboxTable {
    private static final String INSERT = """
            insert into inbox (message_id, migration_id, type, exclusive_key, headers, body)
            select message_id, migration_id, type, exclusive_key, headers, body
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                with ordinality as arrived (message_id, migration_id, type, exclusive_key, headers, body, position)
            order by position
            on conflict (message_id) do nothing
            """;

    private static final String WITHDRAW = """
            update inbox
            set state = 'DONE', ended_at = clock_timestamp()
            where message_id = any (?)
              and state = 'PENDING'
              and exists (select from cancellation where command_id = inbox.message_id)
            returning migration_id, headers, body
            """;

    private static final String KEEP_REPLY = """
            update inbox
            set reply_headers = ?, reply_body = ?
            where message_id = ?
            """;

    private static final String FIND = """
            select state, migration_id, reply_headers, reply_body
            from inbox
            where message_id = ?
            """;

    /**
     * Neighbours of one key: an earlier one that is unfinished blocks a later one. A row's number is given at its insert, not at its
     * commit, so an earlier row may appear when a later one runs already; hence the second condition, and, for the claims of the
     * same instant, the index inbox_one_running_per_key, which fails one of them.
     */
    private static final String CLAIM = """
            with claimable as (
                select seq, owner is not null as abandoned, lease_until as term
                from inbox candidate
                where state <> 'DONE'
                  and type = any (?)
                  and case state
                          when 'RUNNING' then lease_until <= clock_timestamp()
                          else not exists (
                              select from inbox other
                              where other.exclusive_key = candidate.exclusive_key
                                and other.state <> 'DONE'
                                and other.seq <> candidate.seq
                                and (other.seq < candidate.seq or other.state = 'RUNNING'))
                      end
                order by seq
                limit ?
                for update skip locked
            )
            update inbox
            set state = 'RUNNING',
                owner = ?,
                epoch = epoch + 1,
                lease_until = clock_timestamp() + ? * interval '1 millisecond',
                started_at = coalesce(started_at, clock_timestamp())
            from claimable
            where inbox.seq = claimable.seq
            returning inbox.seq, epoch, migration_id, headers, body, claimable.abandoned, claimable.term, started_at,
                exists (select from cancellation where command_id = inbox.message_id) as withdrawn
            """;

    /** Rows are locked in their order, here and at {@link #END}: both touch many, and must not wait for each other in a ring. */
    private static final String HELD = """
            with held as (
                select inbox.seq
                from inbox
                join unnest(?::bigint[], ?::bigint[]) as run (seq, epoch)
                    on inbox.seq = run.seq and inbox.epoch = run.epoch
                where owner = ? and state = 'RUNNING'
                order by inbox.seq
                for update of inbox
            )
            """;

    private static final String EXTEND = HELD + """
            update inbox
            set lease_until = clock_timestamp() + ? * interval '1 millisecond'
            from held
            where inbox.seq = held.seq
            returning inbox.seq, inbox.epoch,
                exists (select from cancellation where command_id = inbox.message_id) as withdrawn
            """;

    private static final String END = HELD + """
            update inbox
            set state = 'DONE', ended_at = clock_timestamp(), owner = null, lease_until = null,
                reply_headers = reply.headers, reply_body = reply.body
            from held
            join unnest(?::bigint[], ?::text[], ?::text[]) as reply (seq, headers, body) on reply.seq = held.seq
            where inbox.seq = held.seq
            returning inbox.seq, inbox.epoch
            """;

    private static final String GIVE_BACK = """
            update inbox
            set owner = null, lease_until = clock_timestamp()
            where seq = ? and epoch = ? and owner = ? and state = 'RUNNING'
            """;

    private static final String LOCK_HELD = """
            select from inbox
            where seq = ? and epoch = ? and owner = ? and state = 'RUNNING'
            for share
            """;

    private InboxTable() {}

    /** A command on arrival. */
    record Arrival(MessageId id, String type, String exclusiveKey, WireMessage wire) {}

    /** One run of a command: its row and the number of the run. */
    record RunId(long seq, long epoch) {}

    /**
     * @param withdrawn whether the command is cancelled already
     * @param gone the run before, when its lease had run out and it did not give it back
     */
    record Claim(RunId run, WireMessage wire, boolean withdrawn, Optional<Gone> gone) {}

    /** @param startedAt when the first run of the command began */
    record Gone(Instant startedAt, Instant leaseUntil) {}

    /** A run that has come to its end. */
    record Answered(RunId run, WireMessage reply) {}

    /** Inserts those that are not there yet, in the order given. */
    static void insert(Connection connection, List<Arrival> arrivals) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            SqlArrays.setTexts(insert, 1, arrivals, arrival -> arrival.id().value());
            SqlArrays.setTexts(insert, 2, arrivals, arrival -> arrival.wire().key());
            SqlArrays.setTexts(insert, 3, arrivals, Arrival::type);
            SqlArrays.setTexts(insert, 4, arrivals, Arrival::exclusiveKey);
            SqlArrays.setTexts(insert, 5, arrivals, arrival -> arrival.wire().headersJson());
            SqlArrays.setTexts(insert, 6, arrivals, arrival -> arrival.wire().body());
            insert.executeUpdate();
        }
    }

    /** Ends those of {@code ids} that are withdrawn and have not started, and returns them. */
    static List<WireMessage> endWithdrawn(Connection connection, Collection<MessageId> ids) throws SQLException {
        List<WireMessage> ended = new ArrayList<>();
        try (var update = connection.prepareStatement(WITHDRAW)) {
            SqlArrays.setTexts(update, 1, ids, MessageId::value);
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    ended.add(wire(rows));
                }
            }
        }
        return ended;
    }

    /** Keeps what a command was answered with that ended without a run. */
    static void keepReply(Connection connection, MessageId command, WireMessage reply) throws SQLException {
        try (var update = connection.prepareStatement(KEEP_REPLY)) {
            update.setString(1, reply.headersJson());
            update.setString(2, reply.body());
            update.setString(3, command.value());
            update.executeUpdate();
        }
    }

    /** How far a command has come; empty when it never arrived. */
    static Optional<Whereabouts> find(Connection connection, MessageId command) throws SQLException {
        try (var select = connection.prepareStatement(FIND)) {
            select.setString(1, command.value());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(whereabouts(rows)) : Optional.empty();
            }
        }
    }

    /** Takes up to {@code limit} commands of the given types that may run, for the time of {@code lease}. */
    static List<Claim> claim(Connection connection, String owner, Collection<String> types, int limit, Duration lease)
            throws SQLException {
        List<Claim> claims = new ArrayList<>();
        try (var claim = connection.prepareStatement(CLAIM)) {
            SqlArrays.setTexts(claim, 1, types, type -> type);
            claim.setInt(2, limit);
            claim.setString(3, owner);
            claim.setLong(4, lease.toMillis());
            try (ResultSet rows = claim.executeQuery()) {
                while (rows.next()) {
                    claims.add(new Claim(run(rows), wire(rows), rows.getBoolean("withdrawn"), gone(rows)));
                }
            }
        }
        return claims;
    }

    /** Makes the leases of {@code runs} last for {@code lease} from now; those that are not in the answer belong to others. */
    static Map<RunId, Boolean> extend(Connection connection, String owner, Collection<RunId> runs, Duration lease)
            throws SQLException {
        Map<RunId, Boolean> withdrawnByRun = new HashMap<>();
        try (var extend = connection.prepareStatement(EXTEND)) {
            setHeld(extend, owner, runs);
            extend.setLong(4, lease.toMillis());
            try (ResultSet rows = extend.executeQuery()) {
                while (rows.next()) {
                    withdrawnByRun.put(run(rows), rows.getBoolean("withdrawn"));
                }
            }
        }
        return withdrawnByRun;
    }

    /** Ends the commands of runs with their replies; those that are not in the answer belong to other runs by now, or are done. */
    static Set<RunId> end(Connection connection, String owner, List<Answered> answers) throws SQLException {
        Set<RunId> ended = new HashSet<>();
        try (var update = connection.prepareStatement(END)) {
            setHeld(update, owner, answers.stream().map(Answered::run).toList());
            SqlArrays.setNumbers(update, 4, answers, answer -> answer.run().seq());
            SqlArrays.setTexts(update, 5, answers, answer -> answer.reply().headersJson());
            SqlArrays.setTexts(update, 6, answers, answer -> answer.reply().body());
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    ended.add(run(rows));
                }
            }
        }
        return ended;
    }

    /** Lets anybody claim the command at once. */
    static boolean giveBack(Connection connection, String owner, RunId run) throws SQLException {
        try (var update = connection.prepareStatement(GIVE_BACK)) {
            setHeld(update, 1, owner, run);
            return update.executeUpdate() == 1;
        }
    }

    /** Whether the command still belongs to {@code run}; when true, nobody takes it over before this transaction ends. */
    static boolean lockHeld(Connection connection, String owner, RunId run) throws SQLException {
        try (var select = connection.prepareStatement(LOCK_HELD)) {
            setHeld(select, 1, owner, run);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void setHeld(PreparedStatement statement, int first, String owner, RunId run) throws SQLException {
        statement.setLong(first, run.seq());
        statement.setLong(first + 1, run.epoch());
        statement.setString(first + 2, owner);
    }

    private static void setHeld(PreparedStatement statement, String owner, Collection<RunId> runs) throws SQLException {
        SqlArrays.setNumbers(statement, 1, runs, RunId::seq);
        SqlArrays.setNumbers(statement, 2, runs, RunId::epoch);
        statement.setString(3, owner);
    }

    private static Whereabouts whereabouts(ResultSet row) throws SQLException {
        return switch (row.getString("state")) {
            case "PENDING" -> Whereabouts.WAITING;
            case "RUNNING" -> Whereabouts.RUNNING;
            case "DONE" -> new Whereabouts.Ended(reply(row));
            case String state -> throw new IllegalStateException("the inbox has a state '" + state + "'");
        };
    }

    private static Optional<WireMessage> reply(ResultSet row) throws SQLException {
        String headers = row.getString("reply_headers");
        return headers == null
                ? Optional.empty()
                : Optional.of(WireMessage.stored(row.getString("migration_id"), headers, row.getString("reply_body")));
    }

    private static Optional<Gone> gone(ResultSet row) throws SQLException {
        return row.getBoolean("abandoned")
                ? Optional.of(new Gone(
                        row.getTimestamp("started_at").toInstant(),
                        row.getTimestamp("term").toInstant()))
                : Optional.empty();
    }

    private static RunId run(ResultSet row) throws SQLException {
        return new RunId(row.getLong("seq"), row.getLong("epoch"));
    }

    private static WireMessage wire(ResultSet row) throws SQLException {
        return WireMessage.stored(row.getString("migration_id"), row.getString("headers"), row.getString("body"));
    }
}
