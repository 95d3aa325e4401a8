package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.Message;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.messaging.OrchestratorTest.WithoutHandler;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A service without a {@link CommandHandler}. */
@QuarkusTest
@TestProfile(WithoutHandler.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
class OrchestratorTest {
    @Inject
    Transactions transactions;

    @Inject
    Outbox outbox;

    @Inject
    SeenMessages seen;

    /** Leaves out what makes a participant. */
    public static final class WithoutHandler implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.arc.exclude-types",
                    Commands.class.getName() + "," + ParticipantTest.class.getName() + "$*",
                    "mp.messaging.incoming.commands.enabled",
                    "false");
        }
    }

    @Test
    void saysInItsTransactionAndAppliesAMessageOnce() {
        // Given
        MigrationId migration = Samples.newMigration();
        Message<?> command = Samples.command(migration, 1);
        MessageId cause = new MessageId(migration + "/cause");
        // When
        boolean first = say(cause, command);
        boolean again = say(cause, command);
        // Then
        assertThat(first).isTrue();
        assertThat(again).isFalse();
        String broker = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        try (Wire wire = new Wire(broker, "hubferry.commands.dns")) {
            Kit.until(
                    "the command",
                    () -> wire.messages("hubferry.commands.dns", migration).equals(List.of(command)));
        }
    }

    private boolean say(MessageId cause, Message<?> command) {
        boolean first = transactions.inTransaction(connection -> {
            if (!seen.firstTime(connection, cause)) {
                return false;
            }
            outbox.add(connection, command, "hubferry.commands.dns");
            return true;
        });
        outbox.wake();
        return first;
    }
}
