package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.MessageId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenMessagesTest {
    private static final MessageId OLD = new MessageId("old");
    private static final MessageId NEW = new MessageId("new");

    private final TestDatabase database = TestDatabase.create();
    private final SeenMessages seen = new SeenMessages();

    @Test
    void ofManyThoseAreNewThatWereNotThere() {
        // Given
        assertThat(firstTimes(List.of(OLD))).containsExactly(OLD);

        // When
        Set<MessageId> first = firstTimes(List.of(NEW, OLD, NEW));

        // Then
        assertThat(first).containsExactly(NEW);
        assertThat(firstTimes(List.of(NEW, OLD))).isEmpty();
    }

    private Set<MessageId> firstTimes(List<MessageId> messages) {
        return database.transactions().inTransaction(connection -> seen.firstTimes(connection, messages));
    }
}
