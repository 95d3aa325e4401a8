package dev.hubferry.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.messaging.MessageReader;
import dev.hubferry.messaging.Outbox;
import dev.hubferry.messaging.Retry;
import dev.hubferry.messaging.SeenMessages;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.messaging.OlderReplica;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.Migrations.Requested;
import dev.hubferry.orchestrator.saga.SagaDefinitions;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.queue.Limits;
import dev.hubferry.orchestrator.script.DeadLetterBox;
import dev.hubferry.orchestrator.script.ScriptedParticipants;
import dev.hubferry.orchestrator.script.Specs;
import dev.hubferry.orchestrator.script.TestClock;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A rolling upgrade: this service, and beside it an older replica that does not know its newest definition. */
@QuarkusTest
@TestProfile(TwoVersionsTest.HearsNoReplies.class)
@WithTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = OrchestratorResource.TOPICS))
@WithTestResource(PostgresResource.class)
@WithTestResource(OrchestratorResource.class)
class TwoVersionsTest {
    @Inject
    SagaDefinitions definitions;

    @Inject
    Transactions transactions;

    @Inject
    Outbox outbox;

    @Inject
    SeenMessages seen;

    @Inject
    MessageReader reader;

    @Inject
    Retry retry;

    @Inject
    Limits limits;

    @Inject
    TestClock clock;

    /** Kafka gives all replies to the other one, and nobody asks participants in time what became of a command. */
    public static final class HearsNoReplies implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mp.messaging.incoming.replies.topic", "hubferry.replies-to-nobody",
                    "hubferry.saga.take-over-poll", "20ms",
                    "hubferry.saga.probe-after", "PT1H");
        }
    }

    @Test
    void migrationsOfBothGoOnThoughOnlyTheOlderOneHearsReplies() {
        // Given
        String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        try (ScriptedParticipants participants = new ScriptedParticipants(servers, clock).start();
                OlderReplica older = new OlderReplica(known(2), ground(servers)).start()) {
            String ofNewer = Client.request("newer");
            String ofOlder =
                    begun(older.migrations().request(Specs.withoutSoak(Specs.astro()), "olga", Optional.empty()));

            // When
            List<String> both = List.of(ofNewer, ofOlder);
            for (String gate : List.of("approve-plan", "approve-downtime", "approve-cleanup")) {
                both.forEach(migration -> Client.approve(migration, gate));
            }

            // Then
            assertThat(Client.awaitState(ofNewer, "COMPLETED").getString("definition"))
                    .isEqualTo("migrate-hub/5");
            assertThat(Client.awaitState(ofOlder, "COMPLETED").getString("definition"))
                    .isEqualTo("migrate-hub/2");
            for (String migration : both) {
                assertThat(participants.arrivalsOf(migration)).hasSize(28).doesNotHaveDuplicates();
                assertThat(participants.probesOf(migration)).isZero();
                assertThat(DeadLetterBox.of(migration, servers)).isEmpty();
            }
        }
    }

    private OlderReplica.Ground ground(String servers) {
        return new OlderReplica.Ground(transactions, outbox, seen, reader, retry, limits, clock, servers);
    }

    /** The definitions as they were when a version was the newest. */
    private SagaDefinitions known(int newest) {
        List<SagaDefinition> older = IntStream.range(1, newest)
                .mapToObj(version -> definitions.byId(MigrateHub.NAME + "/" + version))
                .toList();
        return new SagaDefinitions(definitions.byId(MigrateHub.NAME + "/" + newest), older);
    }

    private static String begun(Requested requested) {
        assertThat(requested).isInstanceOf(Requested.Accepted.class);
        return ((Requested.Accepted) requested).state().subject().migration().value();
    }
}
