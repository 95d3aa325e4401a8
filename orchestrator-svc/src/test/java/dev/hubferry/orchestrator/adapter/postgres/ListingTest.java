package dev.hubferry.orchestrator.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.MigrationId;
import dev.hubferry.orchestrator.saga.Kept;
import dev.hubferry.orchestrator.saga.ListQuery;
import dev.hubferry.orchestrator.saga.ListQuery.Filter;
import dev.hubferry.orchestrator.saga.ListQuery.Key;
import dev.hubferry.orchestrator.saga.ListQuery.Sort;
import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.SharedParts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Pages of lists on a real database, of rows as older versions write them: what can be looked for is filled in beside them. */
class ListingTest {
    private static final String SCHEMA = "orchestrator";
    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final List<Row> rows = new ArrayList<>();
    private Connection connection;

    private record Row(
            String id, String name, String by, Instant at, String status, String namespace, boolean waiting) {}

    @BeforeEach
    void makeDatabase() throws SQLException {
        source.setUrl(SharedParts.newDatabase());
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.USER);
        source.setCurrentSchema(SCHEMA);
        migrateTo("5");
        connection = source.getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void listsWhatWasThereBeforeAndWhatOlderReplicasBegin() throws SQLException {
        // Given
        insert(new Row("m-before", "before", "olga", START, "RUNNING", "astro", false));
        migrateTo("latest");
        insert(new Row("m-since", "since", "olga", START.plusSeconds(1), "RUNNING", "astro", false));
        execute(
                "insert into migration (id, name, definition, status, state, created_at, updated_at) values"
                        + " ('m-strange', 'strange', 'tomorrow/1', 'RUNNING', '{\"of\": \"tomorrow\"}', '2026-11-26T10:00:02Z', now())");

        // Then
        assertThat(ids(list(ListQuery.newest(10)))).containsExactly("m-strange", "m-since", "m-before");
        assertThat(ids(list(query(10, Sort.NEWEST, "namespace", "astro")))).containsExactly("m-since", "m-before");
    }

    @ParameterizedTest
    @CsvSource({
        "status,RUNNING",
        "name,SUN",
        "namespace,biology",
        "requestedBy,olga",
        "waiting,true",
        "waiting,false",
        "after,",
        "before,",
        "sourceCluster,old",
        "targetCluster,old",
        "zone,example",
        ","
    })
    void pagesInEveryOrderWhileOthersAreAdded(String filter, String value) throws SQLException {
        // Given
        migrateTo("latest");
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            insert(any(random, "m-" + i));
        }
        List<Row> present = List.copyOf(rows);

        for (Key key : Key.values()) {
            for (boolean descending : new boolean[] {true, false}) {
                // When
                Sort sort = new Sort(key, descending);
                List<String> read = new ArrayList<>();
                Optional<MigrationId> after = Optional.empty();
                do {
                    ListQuery wanted = query(7, sort, filter, value);
                    List<Kept> page = list(new ListQuery(wanted.limit(), after, wanted.sort(), wanted.filter()));
                    read.addAll(ids(page));
                    after = page.size() < 7
                            ? Optional.empty()
                            : Optional.of(page.getLast().migration());
                    insert(any(random, "m-added-" + rows.size()));
                } while (after.isPresent());

                // Then
                assertThat(read).doesNotHaveDuplicates();
                assertThat(read.stream()
                                .filter(id -> present.stream()
                                        .anyMatch(row -> row.id().equals(id))))
                        .containsExactlyElementsOf(present.stream()
                                .filter(matching(filter, value))
                                .sorted(descending ? order(key).reversed() : order(key))
                                .map(Row::id)
                                .toList());
            }
        }
    }

    private static Row any(Random random, String id) {
        List<String> names = List.of("Sun", "moon", "sunset", "Ärger", "sun_%");
        return new Row(
                id,
                names.get(random.nextInt(names.size())),
                List.of("olga", "Boss").get(random.nextInt(2)),
                START.plusSeconds(random.nextInt(10)),
                List.of("RUNNING", "PARKED", "COMPLETED").get(random.nextInt(3)),
                List.of("astro", "biology").get(random.nextInt(2)),
                random.nextBoolean());
    }

    private static Comparator<Row> order(Key key) {
        Comparator<Row> order = switch (key) {
            case REQUESTED_AT -> Comparator.comparing(Row::at);
            case NAME -> Comparator.comparing(row -> row.name().toLowerCase(Locale.ROOT));
            case REQUESTED_BY -> Comparator.comparing(Row::by);
        };
        return order.thenComparing(Row::id);
    }

    private static Predicate<Row> matching(String filter, String value) {
        return switch (String.valueOf(filter)) {
            case "status" -> row -> row.status().equals(value);
            case "name" -> row -> row.name().toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT));
            case "namespace" -> row -> row.namespace().equals(value);
            case "requestedBy" -> row -> row.by().equals(value);
            case "waiting" -> row -> (row.waiting() && row.status().equals("RUNNING")) == Boolean.parseBoolean(value);
            case "after" -> row -> !row.at().isBefore(START.plusSeconds(4));
            case "before" -> row -> row.at().isBefore(START.plusSeconds(4));
            case "targetCluster" -> _ -> false;
            default -> _ -> true;
        };
    }

    private static ListQuery query(int limit, Sort sort, String filter, String value) {
        return new ListQuery(
                limit,
                Optional.empty(),
                sort,
                new Filter(
                        "status".equals(filter) ? Set.of(value) : Set.of(),
                        when("name", filter, value),
                        when("sourceCluster", filter, value),
                        when("targetCluster", filter, value),
                        when("namespace", filter, value),
                        when("zone", filter, value),
                        when("requestedBy", filter, value),
                        "after".equals(filter) ? Optional.of(START.plusSeconds(4)) : Optional.empty(),
                        "before".equals(filter) ? Optional.of(START.plusSeconds(4)) : Optional.empty(),
                        when("waiting", filter, value).map(Boolean::valueOf)));
    }

    private static Optional<String> when(String name, String filter, String value) {
        return name.equals(filter) ? Optional.of(value) : Optional.empty();
    }

    private List<Kept> list(ListQuery query) throws SQLException {
        return ListingTable.list(connection, query, Set.of());
    }

    private static List<String> ids(List<Kept> found) {
        return found.stream().map(kept -> kept.migration().value()).toList();
    }

    private void insert(Row row) throws SQLException {
        rows.add(row);
        String gate = row.waiting() ? "waiting" : "approved";
        execute("""
                insert into migration (id, name, definition, status, state, created_at, updated_at)
                values ('%1$s', '%2$s', 'migrate-hub/5', '%5$s', '{"subject": {"requestedBy": "%3$s", "spec": {
                    "source": {"cluster": "old", "namespace": "%6$s"}, "target": {"cluster": "new", "namespace": "%6$s"},
                    "dns": {"zone": "example"}}}, "ledger": {"gates": {"approve-plan": {"state": "%7$s"}}}}', '%4$s', now())
                """.formatted(row.id(), row.name(), row.by(), row.at(), row.status(), row.namespace(), gate));
        // An answered gate's timer stays until it is due.
        execute("insert into migration_timer values ('" + row.id() + "', 'gate/approve-plan', now())");
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private void migrateTo(String version) {
        var unused = Flyway.configure()
                .dataSource(source)
                .schemas(SCHEMA)
                .locations("classpath:db/hubferry-messaging", "classpath:db/orchestrator")
                .outOfOrder(true)
                .target(version)
                .load()
                .migrate();
    }
}
