package dev.hubferry.orchestrator.adapter.postgres;

import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.saga.Census;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The census on Postgres: rows are counted by an index, and only those states are parsed whose text has what is looked for. */
public final class PostgresCensus implements Census {
    private static final String BY_STATUS = """
            select status as name, count(*) as number
            from migration
            where status in ('RUNNING', 'COMPENSATING', 'PARKED') and definition not like 'plan-hub/%'
            group by status
            """;

    /** A gate that waits has a timer for its end, and none of a migration that has ended is left. */
    private static final String GATES = """
            select substr(key, 6) as name, count(*) as number
            from migration_timer
            where key like 'gate/%'
            group by key
            """;

    private static final String NOTABLE = """
            select state
            from migration
            where status in ('RUNNING', 'COMPENSATING', 'PARKED')
              and definition = any (?)
              and definition not like 'plan-hub/%'
              and (state like '%"close-source"%' or state ~ '"unheard":[1-9]')
            """;

    private final Transactions transactions;
    private final Set<String> known;

    /** @param known ids of the definitions that this process knows */
    public PostgresCensus(Transactions transactions, Set<String> known) {
        this.transactions = transactions;
        this.known = Set.copyOf(known);
    }

    @Override
    public Count take() {
        return transactions.inTransaction(connection -> {
            List<SagaState> notable = notable(connection);
            return new Count(
                    numbers(connection, BY_STATUS),
                    numbers(connection, GATES),
                    notable.stream()
                            .filter(state -> state.ledger().steps().containsKey("close-source"))
                            .toList(),
                    (int) notable.stream()
                            .flatMap(PostgresCensus::flights)
                            .filter(Run.Flying::isSilent)
                            .count());
        });
    }

    private static Stream<Run.Flying> flights(SagaState state) {
        return state.ledger().steps().values().stream()
                .flatMap(step -> Stream.of(step.forward(), step.back()))
                .filter(Run.Flying.class::isInstance)
                .map(Run.Flying.class::cast);
    }

    private List<SagaState> notable(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(NOTABLE)) {
            Sql.setTexts(select, 1, known, Function.identity());
            return Sql.all(select, row -> StateJson.read(row.getString("state")));
        }
    }

    private static Map<String, Long> numbers(Connection connection, String sql) throws SQLException {
        Map<String, Long> numbers = new HashMap<>();
        try (var select = connection.prepareStatement(sql)) {
            Sql.all(select, row -> Map.entry(row.getString("name"), row.getLong("number")))
                    .forEach(entry -> numbers.put(entry.getKey(), entry.getValue()));
        }
        return numbers;
    }
}
