package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.InboxTable.Arrival;
import dev.hubferry.messaging.InboxTable.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EffectJournalTest {
    private final TestDatabase database = TestDatabase.create();
    private final Transactions transactions = database.transactions();
    private final MigrationId migration = Samples.newMigration();

    /** A run of a new command of the migration. */
    private EffectJournal journal(String owner, int attempt) {
        Message<?> command = Samples.command(migration, attempt, "zone-" + attempt);
        transactions.runInTransaction(connection -> InboxTable.insert(
                connection,
                List.of(new Arrival(
                        command.envelope().id(),
                        command.envelope().type(),
                        "key-" + attempt,
                        MessageCodec.encode(command)))));
        return new LeasedEffects(command.envelope(), owner, claim(owner, command), transactions);
    }

    private RunId claim(String owner, Message<?> command) {
        return transactions
                .inTransaction(connection -> InboxTable.claim(
                        connection, owner, Set.of(command.envelope().type()), 1, Duration.ofMinutes(1)))
                .getFirst()
                .run();
    }

    @Test
    void keepsTheFirstBefore() {
        // Given
        EffectJournal journal = journal("a", 1);
        // When
        String first = journal.recordBefore("zone", "{\"ttl\" : 1799}");
        String second = journal.recordBefore("zone", "{\"ttl\":60}");
        // Then
        assertThat(first).isEqualTo("{\"ttl\" : 1799}");
        assertThat(second).isEqualTo(first);
        assertThat(journal.before("zone")).contains(first);
    }

    @Test
    void isReadByLaterCommandsOfTheMigrationOnly() {
        // Given
        journal("a", 1).recordBefore("zone", "1");
        // When
        EffectJournal undo = journal("a", 2);
        EffectJournal stranger = new LeasedEffects(
                Samples.command(Samples.newMigration(), 1).envelope(), "a", new RunId(0, 0), transactions);
        // Then
        assertThat(undo.before("zone")).contains("1");
        assertThat(undo.before("other")).isEmpty();
        assertThat(stranger.before("zone")).isEmpty();
    }

    @Test
    void forgetsAfterTheUndo() {
        // Given
        EffectJournal journal = journal("a", 1);
        String unused = journal.recordBefore("zone", "1");
        // When
        journal.forget("zone");
        journal.forget("zone");
        // Then
        assertThat(journal.before("zone")).isEmpty();
        assertThat(journal.recordBefore("zone", "2")).isEqualTo("2");
    }

    @Test
    void refusesARunThatLostItsCommand() {
        // Given
        EffectJournal former = journal("a", 1);
        String unused = former.recordBefore("zone", "1");
        Message<?> command = Samples.command(migration, 1);
        // When
        database.execute("update inbox set lease_until = clock_timestamp()");
        EffectJournal successor = new LeasedEffects(command.envelope(), "b", claim("b", command), transactions);
        // Then
        assertThatThrownBy(() -> former.recordBefore("other", "2")).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> former.forget("zone")).isInstanceOf(LeaseLostException.class);
        assertThat(successor.recordBefore("zone", "3")).isEqualTo("1");
    }

    @Test
    void refusesWhatIsNoJsonWithoutRepeatingIt() {
        // Given
        EffectJournal journal = journal("a", 1);
        // Then
        assertThatThrownBy(() -> journal.recordBefore("zone", "token=hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .message()
                .doesNotContain("hunter2");
    }
}
