package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.messaging.InboxTable.Arrival;
import dev.hubferry.messaging.InboxTable.Claim;
import dev.hubferry.messaging.InboxTable.RunId;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndingsTest {
    private static final int COMMANDS = 4;
    private static final Set<String> TYPES = new AnyHandler<>(new ScriptedHandler((_, _) -> Samples.DONE)).wireTypes();

    private final TestDatabase database = TestDatabase.create();
    private final Retry retry = new Retry(Duration.ofMillis(10));
    private final Endings endings = new Endings("me", database.transactions(), new Outbox(), retry);
    private final Replies replies = new Replies("/hubferry/test", Clock.systemUTC());
    private final List<Message<?>> commands = IntStream.rangeClosed(1, COMMANDS)
            .<Message<?>>mapToObj(attempt -> Samples.command(Samples.newMigration(), attempt))
            .toList();
    private List<RunId> runs = List.of();

    @BeforeEach
    void claim() {
        database.transactions()
                .runInTransaction(connection -> InboxTable.insert(
                        connection,
                        commands.stream()
                                .map(command -> new Arrival(
                                        command.envelope().id(),
                                        command.envelope().type(),
                                        command.envelope().migration().value(),
                                        MessageCodec.encode(command)))
                                .toList()));
        runs = database
                .transactions()
                .inTransaction(connection -> InboxTable.claim(connection, "me", TYPES, COMMANDS, Duration.ofMinutes(5)))
                .stream()
                .sorted(Comparator.comparing(claim -> claim.run().seq()))
                .map(Claim::run)
                .toList();
    }

    @Test
    void thoseThatComeDuringATransactionShareTheNext() throws Exception {
        // Given the first is held up
        List<FutureTask<Boolean>> ends = new ArrayList<>();
        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            assertThat(InboxTable.lockHeld(other, "me", runs.getFirst())).isTrue();
            ends.add(start(0, Samples.DONE));
            Kit.until(
                    "the first to wait for the row",
                    () -> database.rows("select 1 from pg_stat_activity where wait_event_type = 'Lock'")
                                    .size()
                            == 1);

            // When
            for (int i = 1; i < COMMANDS; i++) {
                ends.add(start(i, Samples.DONE));
            }
            Kit.until("the others to wait for the first", () -> endings.waiting() == COMMANDS - 1);
            other.commit();
        }

        // Then
        for (FutureTask<Boolean> end : ends) {
            assertThat(end.get()).isTrue();
        }
        assertThat(database.rows("select count(*), count(distinct xmin::text) from outbox"))
                .containsExactly("4 2");
        assertThat(database.rows("select distinct state from inbox")).containsExactly("DONE");
    }

    @Test
    void anAnswerThatTheDatabaseRefusesTakesNoOtherAlong() throws Exception {
        // Given
        database.execute("alter table outbox add constraint harmless check (body not like '%poison%')");
        Reply poison = Rejected.of(ErrorCode.UNEXPECTED, "poison");
        List<FutureTask<Boolean>> ends = new ArrayList<>();

        // When
        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            assertThat(InboxTable.lockHeld(other, "me", runs.getFirst())).isTrue();
            ends.add(start(0, Samples.DONE));
            Kit.until(
                    "the first to wait for the row",
                    () -> database.rows("select 1 from pg_stat_activity where wait_event_type = 'Lock'")
                                    .size()
                            == 1);
            for (int i = 1; i < COMMANDS; i++) {
                ends.add(start(i, i == 2 ? poison : Samples.DONE));
            }
            Kit.until("the others to wait for the first", () -> endings.waiting() == COMMANDS - 1);
            other.commit();
        }

        // Then
        assertThatThrownBy(ends.get(2)::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(DatabaseException.class);
        for (int i : new int[] {0, 1, 3}) {
            assertThat(ends.get(i).get()).isTrue();
        }
        assertThat(database.rows("select state from inbox order by seq"))
                .containsExactly("DONE", "DONE", "RUNNING", "DONE");
        assertThat(database.rows("select count(*) from outbox")).containsExactly("3");
    }

    @Test
    void aRunThatHasLostItsCommandIsNotHeard() throws Exception {
        // Given
        database.execute("update inbox set epoch = epoch + 1, owner = 'another' where seq = "
                + runs.getFirst().seq());

        // When
        boolean lost = start(0, Samples.DONE).get();
        boolean kept = start(1, Samples.DONE).get();

        // Then
        assertThat(lost).isFalse();
        assertThat(kept).isTrue();
        assertThat(database.rows("select key from outbox"))
                .containsExactly(commands.get(1).envelope().migration().value());
    }

    @Test
    void whoWaitsForADatabaseThatIsAwayIsToldWhenTheServiceStops() throws Exception {
        // Given
        database.execute("alter table outbox rename to gone");
        FutureTask<Boolean> end = start(0, Samples.DONE);

        // When
        retry.stop();

        // Then
        assertThatThrownBy(end::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(database.rows("select distinct state from inbox")).containsExactly("RUNNING");
    }

    private FutureTask<Boolean> start(int index, Reply reply) {
        Message<Reply> answer = replies.to(commands.get(index).envelope(), reply);
        FutureTask<Boolean> end = new FutureTask<>(() -> endings.end(runs.get(index), answer, Optional.empty()));
        var unused = Thread.ofPlatform().daemon().start(end);
        return end;
    }
}
