package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.DnsCommand;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.InboxTable.Answered;
import dev.hubferry.messaging.InboxTable.Arrival;
import dev.hubferry.messaging.InboxTable.Claim;
import dev.hubferry.messaging.InboxTable.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxTableTest {
    private static final Set<String> TYPES =
            new AnyHandler<DnsCommand>(new ScriptedHandler((_, _) -> Samples.DONE)).wireTypes();
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration NO_LEASE = Duration.ZERO;
    private static final WireMessage REPLY = new WireMessage("m", Map.of("ce_id", "r"), "{}");

    private final TestDatabase database = TestDatabase.create();
    private final MigrationId migration = Samples.newMigration();
    private final Arrival first = arrival(1);
    private final Arrival second = arrival(2);

    private Connection one;
    private Connection other;

    @BeforeEach
    void connect() throws SQLException {
        one = database.dataSource().getConnection();
        other = database.dataSource().getConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        one.close();
        other.close();
    }

    private Arrival arrival(int attempt) {
        Message<?> command = Samples.command(migration, attempt);
        return new Arrival(command.envelope().id(), command.envelope().type(), "zone:z", MessageCodec.encode(command));
    }

    private static List<Claim> claim(Connection connection, String owner, Duration lease) throws SQLException {
        return InboxTable.claim(connection, owner, TYPES, 10, lease);
    }

    private static boolean end(Connection connection, String owner, RunId run) throws SQLException {
        return !InboxTable.end(connection, owner, List.of(new Answered(run, REPLY)))
                .isEmpty();
    }

    @Test
    void endsManyRunsAtOnceButNoneOfAnother() throws SQLException {
        // Given
        Arrival elsewhere = new Arrival(second.id(), second.type(), "zone:elsewhere", second.wire());
        InboxTable.insert(one, List.of(first, elsewhere));
        List<RunId> runs = claim(one, "a", NO_LEASE).stream().map(Claim::run).toList();
        RunId taken = InboxTable.claim(other, "b", TYPES, 1, LEASE).getFirst().run();
        RunId kept = runs.stream()
                .filter(run -> run.seq() != taken.seq())
                .findFirst()
                .orElseThrow();
        // When
        var ended = InboxTable.end(
                one, "a", runs.stream().map(run -> new Answered(run, REPLY)).toList());
        // Then
        assertThat(runs).hasSize(2);
        assertThat(ended).containsExactly(kept);
        assertThat(database.rows("select state from inbox order by seq")).containsExactlyInAnyOrder("DONE", "RUNNING");
        assertThat(database.rows("select reply_body from inbox where seq = " + kept.seq()))
                .containsExactly("{}");
    }

    @Test
    void claimsTheFirstOfAKeyOnly() throws SQLException {
        // Given
        InboxTable.insert(one, List.of(first, second));
        // When
        List<Claim> claims = claim(one, "a", LEASE);
        // Then
        assertThat(claims).extracting(Claim::wire).containsExactly(first.wire());
        assertThat(claim(other, "b", LEASE)).isEmpty();
    }

    @Test
    void claimsTheNextWhenTheFirstHasEnded() throws SQLException {
        // Given
        InboxTable.insert(one, List.of(first, second));
        RunId run = claim(one, "a", LEASE).getFirst().run();
        // When
        assertThat(end(one, "a", run)).isTrue();
        // Then
        assertThat(claim(other, "b", LEASE)).extracting(Claim::wire).containsExactly(second.wire());
    }

    @Test
    void raisesTheEpochWithEachTakeover() throws SQLException {
        // Given
        InboxTable.insert(one, List.of(first));
        // When
        RunId before = claim(one, "a", NO_LEASE).getFirst().run();
        RunId after = claim(other, "b", LEASE).getFirst().run();
        // Then
        assertThat(before.epoch()).isEqualTo(1);
        assertThat(after).isEqualTo(new RunId(before.seq(), 2));
        assertThat(end(one, "a", before)).isFalse();
        assertThat(InboxTable.lockHeld(one, "a", before)).isFalse();
        assertThat(InboxTable.extend(one, "a", List.of(before), LEASE)).isEmpty();
        assertThat(InboxTable.extend(other, "b", List.of(after), LEASE)).containsExactly(Map.entry(after, false));
    }

    @Test
    void refusesAFormerRunOfTheSameOwner() throws SQLException {
        // Given
        InboxTable.insert(one, List.of(first));
        RunId before = claim(one, "a", NO_LEASE).getFirst().run();
        RunId after = claim(one, "a", LEASE).getFirst().run();
        // When
        boolean ended = end(one, "a", before);
        // Then
        assertThat(ended).isFalse();
        assertThat(end(one, "a", after)).isTrue();
    }

    @Test
    void doesNotStartAnEarlierRowThatAppearsWhileALaterOneRuns() throws SQLException {
        // Given
        one.setAutoCommit(false);
        InboxTable.insert(one, List.of(first));
        InboxTable.insert(other, List.of(second));
        RunId later = claim(other, "b", LEASE).getFirst().run();
        // When
        one.commit();
        // Then
        assertThat(claim(other, "b", LEASE)).isEmpty();
        assertThat(end(other, "b", later)).isTrue();
        assertThat(claim(other, "b", LEASE)).extracting(Claim::wire).containsExactly(first.wire());
    }

    @Test
    void goesOnWithALaterRowWhoseOwnerDiedThoughAnEarlierOneAppeared() throws SQLException {
        // Given
        one.setAutoCommit(false);
        InboxTable.insert(one, List.of(first));
        InboxTable.insert(other, List.of(second));
        RunId later = claim(other, "b", NO_LEASE).getFirst().run();
        one.commit();
        // When
        List<Claim> claims = claim(one, "a", LEASE);
        // Then
        assertThat(claims).extracting(Claim::run).containsExactly(new RunId(later.seq(), 2));
    }

    @Test
    void failsOneOfTwoClaimsOfNeighboursAtTheSameInstant() throws Exception {
        // Given
        try (Connection late = database.dataSource().getConnection()) {
            late.setAutoCommit(false);
            InboxTable.insert(late, List.of(first));
            InboxTable.insert(other, List.of(second));
            one.setAutoCommit(false);
            assertThat(claim(one, "a", LEASE)).hasSize(1);
            late.commit();
        }
        // When
        var rival = CompletableFuture.supplyAsync(
                () -> database.transactions().inTransaction(connection -> claim(connection, "b", LEASE)));
        Kit.until(
                "the rival waits for the index",
                () -> database.rows("select 1 from pg_stat_activity where wait_event_type = 'Lock'")
                                .size()
                        == 1);
        one.commit();
        // Then
        assertThatThrownBy(rival::join)
                .cause()
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.isConflict()).isTrue());
        assertThat(claim(other, "b", LEASE)).isEmpty();
    }

    @Test
    void leavesCommandsToReplicasThatKnowTheirType() throws SQLException {
        // Given
        Arrival newer = new Arrival(first.id(), "dns.from-the-future.v1", "zone:z", first.wire());
        // When
        InboxTable.insert(one, List.of(newer));
        // Then
        assertThat(claim(one, "a", LEASE)).isEmpty();
    }

    @Test
    void givesALeaseBackAtOnce() throws SQLException {
        // Given
        InboxTable.insert(one, List.of(first));
        RunId run = claim(one, "a", LEASE).getFirst().run();
        // When
        assertThat(InboxTable.giveBack(one, "a", run)).isTrue();
        // Then
        assertThat(claim(other, "b", LEASE)).extracting(Claim::run).containsExactly(new RunId(run.seq(), 2));
    }
}
