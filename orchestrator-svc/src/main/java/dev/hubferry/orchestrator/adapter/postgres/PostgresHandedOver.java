package dev.hubferry.orchestrator.adapter.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.messaging.WireJson;
import dev.hubferry.orchestrator.saga.HandedOver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Table {@code handed_over_reply}. */
public final class PostgresHandedOver implements HandedOver {
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private static final String INSERT = """
            insert into handed_over_reply
                (message_id, migration_id, definition, topic, topic_partition, topic_offset, headers, body)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (message_id) do nothing
            """;

    private static final String OURS = """
            select message_id, migration_id, definition, topic, topic_partition, topic_offset, headers, body
            from handed_over_reply
            where definition = any (?)
            order by arrival
            limit ?
            """;

    private static final String DELETE = """
            delete from handed_over_reply
            where message_id = any (?)
            """;

    private final Transactions transactions;
    private final Set<String> known;

    /** @param known ids of the definitions that this process knows */
    public PostgresHandedOver(Transactions transactions, Set<String> known) {
        this.transactions = transactions;
        this.known = Set.copyOf(known);
    }

    @Override
    @Failpoint("saga.hand-over")
    public void put(Parcel parcel) {
        transactions.runInTransaction(connection -> {
            try (var insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, parcel.message().value());
                insert.setString(2, parcel.migration().value());
                insert.setString(3, parcel.definition());
                insert.setString(4, parcel.origin().topic());
                insert.setInt(5, parcel.origin().partition());
                insert.setLong(6, parcel.origin().offset());
                insert.setString(7, json(parcel.headers()));
                insert.setString(8, parcel.body());
                insert.executeUpdate();
            }
        });
    }

    @Override
    public List<Parcel> ours(int limit) {
        return transactions.inTransaction(connection -> {
            try (var select = connection.prepareStatement(OURS)) {
                Sql.setTexts(select, 1, known, Function.identity());
                select.setInt(2, limit);
                return Sql.all(select, PostgresHandedOver::parcel);
            }
        });
    }

    @Override
    @Failpoint("saga.take-over")
    public void drop(List<Parcel> parcels) {
        transactions.runInTransaction(connection -> {
            try (var delete = connection.prepareStatement(DELETE)) {
                Sql.setTexts(delete, 1, parcels, parcel -> parcel.message().value());
                delete.executeUpdate();
            }
        });
    }

    private static Parcel parcel(ResultSet row) throws SQLException {
        return new Parcel(
                new MessageId(row.getString("message_id")),
                new MigrationId(row.getString("migration_id")),
                row.getString("definition"),
                new Origin(row.getString("topic"), row.getInt("topic_partition"), row.getLong("topic_offset")),
                headers(row.getString("headers")),
                row.getString("body"));
    }

    private static String json(Map<String, String> headers) {
        try {
            return WireJson.mapper().writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("headers cannot be written as JSON", e);
        }
    }

    private static Map<String, String> headers(String json) {
        try {
            return WireJson.mapper().readValue(json, HEADERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a reply was handed over with headers that are no JSON object of strings", e);
        }
    }
}
