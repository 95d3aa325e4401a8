package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.EventAnswer;
import dev.hubferry.orchestrator.saga.EventRequest;
import dev.hubferry.orchestrator.saga.EventRequests.Answered;
import dev.hubferry.orchestrator.saga.EventRequests.OpenPlan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Table {@code event_request}: what was asked for by event, and what was answered. */
final class EventRequestTable {
    /** Until the transaction ends, over all replicas. */
    private static final String SERIALIZE = """
            select pg_advisory_xact_lock(hashtextextended(format('%s.event_request %L %L', current_schema(), ?, ?), 0))
            """;

    private static final String FIND = """
            select body_hash, about, answer_type, answer, answered_at, plan_open
            from event_request
            where requester = ? and id = ?
            """;

    private static final String INSERT = """
            insert into event_request (requester, id, body_hash, about, answer_type, answer, answered_at, plan_open)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String LOCK_ENDED_PLAN = """
            select requester, event_request.id, body_hash, about
            from event_request
            join migration on migration.id = about
            where plan_open and status = 'COMPLETED' and definition = any (?)
            order by answered_at
            limit 1
            for update of event_request skip locked
            """;

    private static final String CLOSE_PLAN = """
            update event_request
            set plan_open = false
            where requester = ? and id = ?
            """;

    private static final String FORGET = """
            delete from event_request
            where (requester, id) in (
                select requester, id
                from event_request
                where answered_at < ?
                order by answered_at
                limit ?
                for update skip locked)
            """;

    private EventRequestTable() {}

    static void serialize(Connection connection, EventRequest request) throws SQLException {
        try (var select = connection.prepareStatement(SERIALIZE)) {
            select.setString(1, request.requester());
            select.setString(2, request.id());
            select.execute();
        }
    }

    static Optional<Answered> find(Connection connection, String requester, String id) throws SQLException {
        try (var select = connection.prepareStatement(FIND)) {
            select.setString(1, requester);
            select.setString(2, id);
            return Sql.first(select, EventRequestTable::answered);
        }
    }

    static void insert(Connection connection, EventRequest request, EventAnswer answer, Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, request.requester());
            insert.setString(2, request.id());
            insert.setString(3, request.bodyHash());
            insert.setString(4, answer.about().map(MigrationId::value).orElse(null));
            insert.setString(5, answer.type());
            insert.setString(6, answer.body());
            Sql.set(insert, 7, now);
            insert.setBoolean(8, answer.planOpen());
            insert.executeUpdate();
        }
    }

    static Optional<OpenPlan> lockEndedPlan(Connection connection, Set<String> known) throws SQLException {
        try (var select = connection.prepareStatement(LOCK_ENDED_PLAN)) {
            Sql.setTexts(select, 1, known, Function.identity());
            return Sql.first(
                    select,
                    row -> new OpenPlan(
                            new EventRequest(
                                    row.getString("requester"), row.getString("id"), row.getString("body_hash")),
                            new MigrationId(row.getString("about"))));
        }
    }

    static void closePlan(Connection connection, EventRequest request) throws SQLException {
        try (var update = connection.prepareStatement(CLOSE_PLAN)) {
            update.setString(1, request.requester());
            update.setString(2, request.id());
            update.executeUpdate();
        }
    }

    static int forget(Connection connection, Instant before, int limit) throws SQLException {
        try (var delete = connection.prepareStatement(FORGET)) {
            Sql.set(delete, 1, before);
            delete.setInt(2, limit);
            return delete.executeUpdate();
        }
    }

    private static Answered answered(ResultSet row) throws SQLException {
        EventAnswer answer = new EventAnswer(
                row.getString("answer_type"),
                Optional.ofNullable(row.getString("about")).map(MigrationId::new),
                row.getString("answer"),
                row.getBoolean("plan_open"));
        return new Answered(row.getString("body_hash"), answer, Sql.instant(row, "answered_at"));
    }
}
