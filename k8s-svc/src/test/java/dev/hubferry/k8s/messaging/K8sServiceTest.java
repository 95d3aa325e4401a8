package dev.hubferry.k8s.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubFacts;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.K8sCommand;
import dev.hubferry.contracts.K8sReply;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.k8s.adapter.fabric8.Fabric8Clusters;
import dev.hubferry.k8s.adapter.fabric8.FakeWorld;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service: commands over a real broker, a journal in a real Postgres, hubs in API servers of our own. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TwoClustersResource.class)
class K8sServiceTest {
    private static final HubRef SOURCE = FakeWorld.SOURCE;
    private static final HubRef TARGET = FakeWorld.TARGET;

    @Inject
    Fabric8Clusters clusters;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    }

    @AfterEach
    void disconnect() {
        wire.close();
    }

    @Test
    void closesAHubAndTakesEverythingBack() {
        // Given
        MigrationId migration = new MigrationId("m-back");
        var door = clusters.named("old").service("astro", "proxy-public").orElseThrow();

        // When / Then
        HubFacts facts = ((K8sReply.SourceChecked)
                        ask(migration, "check-source", new K8sCommand.CheckSource(SOURCE, FakeWorld.SOURCE_HOMES)))
                .facts();
        assertThat(facts.userPods()).isEqualTo(1);
        assertThat(ask(migration, "hold-target", new K8sCommand.HoldTarget(TARGET)))
                .isEqualTo(new K8sReply.TargetHeld());
        assertThat(ask(migration, "close-source", new K8sCommand.CloseSource(SOURCE)))
                .isInstanceOf(K8sReply.SourceClosed.class);
        assertThat(clusters.named("old").service("astro", "proxy-public")).isEmpty();
        assertThat(ask(migration, "evict-users", new K8sCommand.EvictUsers(SOURCE, FakeWorld.SOURCE_HOMES)))
                .isEqualTo(new K8sReply.UsersEvicted(1));
        assertThat(ask(migration, "stop-source-hub", new K8sCommand.StopSourceHub(SOURCE)))
                .isEqualTo(new K8sReply.SourceHubStopped());
        assertThat(ask(migration, "start-source-hub", new K8sCommand.StartSourceHub(SOURCE)))
                .isEqualTo(new K8sReply.SourceHubStarted(true));
        assertThat(ask(migration, "reopen-source", new K8sCommand.ReopenSource(SOURCE)))
                .isEqualTo(new K8sReply.SourceReopened(true));
        assertThat(ask(migration, "release-target", new K8sCommand.ReleaseTarget(TARGET)))
                .isEqualTo(new K8sReply.TargetReleased(true));
        var again = clusters.named("old").service("astro", "proxy-public").orElseThrow();
        assertThat(again.selector()).isEqualTo(door.selector());
        assertThat(again.uid()).isNotEqualTo(door.uid());
    }

    @Test
    void answersAnUndoOfWhatNeverHappened() {
        // Given
        MigrationId migration = new MigrationId("m-never");

        // When / Then
        assertThat(ask(migration, "reopen-source", new K8sCommand.ReopenSource(SOURCE)))
                .isEqualTo(new K8sReply.SourceReopened(false));
        assertThat(ask(migration, "start-source-hub", new K8sCommand.StartSourceHub(SOURCE)))
                .isEqualTo(new K8sReply.SourceHubStarted(false));
        assertThat(ask(migration, "stop-target-hub", new K8sCommand.StopTargetHub(TARGET)))
                .isEqualTo(new K8sReply.TargetHubStopped(false));
        assertThat(ask(migration, "release-target", new K8sCommand.ReleaseTarget(TARGET)))
                .isEqualTo(new K8sReply.TargetReleased(false));
    }

    @Test
    void namesAClusterThatIsNotConfigured() {
        // Given
        HubRef elsewhere = new HubRef("moon", "astro", Optional.empty());

        // When
        Rejected rejected =
                (Rejected) ask(new MigrationId("m-moon"), "hold-target", new K8sCommand.HoldTarget(elsewhere));

        // Then
        assertThat(rejected.code()).isEqualTo(ErrorCode.CONNECTION_UNKNOWN);
        assertThat(rejected.detail()).contains("'moon'").contains("[new, old]");
    }

    private Object ask(MigrationId migration, String step, K8sCommand command) {
        return wire.ask(migration, step, command);
    }
}
