package dev.hubferry.bench;

import dev.hubferry.contracts.Participant;
import dev.hubferry.testbed.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a step's time goes on average, by the times that participants keep of each command. */
final class Stages {
    static final String OUT = "out";
    static final String WAITS = "waits";
    static final String RUNS = "runs";
    static final String BACK = "back";

    private static final String SUMS = """
            select count(*) as commands,
                   coalesce(sum(extract(epoch from received_at - (headers::json ->> 'ce_time')::timestamptz)), 0) as out,
                   coalesce(sum(extract(epoch from started_at - received_at)), 0) as waits,
                   coalesce(sum(extract(epoch from ended_at - started_at)), 0) as runs
            from %s.inbox
            where ended_at >= ? and ended_at < ?
            """;

    private Stages() {}

    /**
     * Milliseconds by stage: from the decision to the inbox, in the inbox until a claim, from the claim to the committed answer, and what is
     * left of {@code whole}: from there to the applied answer.
     *
     * @param whole what a step takes on average, in milliseconds
     */
    static Map<String, Double> of(PostgresServer postgres, Instant from, Instant to, double whole) {
        double commands = 0;
        Map<String, Double> stages = new LinkedHashMap<>();
        for (String stage : new String[] {OUT, WAITS, RUNS}) {
            stages.put(stage, 0.0);
        }
        try (Connection connection = postgres.dataSource(World.DATABASE).getConnection()) {
            for (Participant participant : Participant.values()) {
                commands += add(connection, participant, from, to, stages);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the inboxes cannot be asked how long commands took", e);
        }
        double count = Math.max(1, commands);
        stages.replaceAll((_, seconds) -> seconds * 1_000 / count);
        double known = stages.values().stream().mapToDouble(Double::doubleValue).sum();
        stages.put(BACK, Math.max(0, whole - known));
        return stages;
    }

    private static double add(
            Connection connection, Participant participant, Instant from, Instant to, Map<String, Double> stages)
            throws SQLException {
        try (var select = connection.prepareStatement(SUMS.formatted(participant.wireName()))) {
            select.setTimestamp(1, Timestamp.from(from));
            select.setTimestamp(2, Timestamp.from(to));
            try (var rows = select.executeQuery()) {
                rows.next();
                for (String stage : new String[] {OUT, WAITS, RUNS}) {
                    stages.merge(stage, rows.getDouble(stage), Double::sum);
                }
                return rows.getDouble("commands");
            }
        }
    }
}
