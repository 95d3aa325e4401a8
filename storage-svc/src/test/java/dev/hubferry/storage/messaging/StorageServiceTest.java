package dev.hubferry.storage.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StorageCommand.CheckHomes;
import dev.hubferry.contracts.StorageCommand.CloseRoute;
import dev.hubferry.contracts.StorageCommand.ConfirmQuiet;
import dev.hubferry.contracts.StorageCommand.OpenRoute;
import dev.hubferry.contracts.StorageCommand.SeedHomes;
import dev.hubferry.contracts.StorageCommand.SyncFinal;
import dev.hubferry.contracts.StorageCommand.VerifyHomes;
import dev.hubferry.contracts.StorageReply.HomesChecked;
import dev.hubferry.contracts.StorageReply.HomesSeeded;
import dev.hubferry.contracts.StorageReply.HomesSynced;
import dev.hubferry.contracts.StorageReply.HomesVerified;
import dev.hubferry.contracts.StorageReply.RouteClosed;
import dev.hubferry.contracts.StorageReply.RouteOpened;
import dev.hubferry.contracts.StorageReply.SourceQuiet;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service: commands over a real broker, a journal in a real Postgres, homes behind real sshd's. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(StorageServersResource.class)
class StorageServiceTest {
    private final String unique = UUID.randomUUID().toString().substring(0, 13);
    private final MigrationId migration = new MigrationId("m-" + unique);

    private Wire wire;
    private Path directory;
    private HomesRef source;
    private HomesRef target;

    @BeforeEach
    void connect() throws IOException {
        wire = new Wire(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        directory =
                Path.of(ConfigProvider.getConfig().getValue(StorageServersResource.DIRECTORY, String.class), unique);
        Path homes = directory.resolve("old/homes");
        Files.createDirectories(homes.resolve("ada/notebooks"));
        Files.writeString(homes.resolve("ada/notebooks/first.ipynb"), "{}");
        Files.createDirectories(homes.resolve("grace"));
        Files.setAttribute(homes.resolve("ada"), "unix:uid", 1000);
        Files.setAttribute(homes.resolve("grace"), "unix:uid", 1000);
        Files.createDirectories(directory.resolve("new"));
        source = new HomesRef("old", homes.toString());
        target = new HomesRef("new", directory.resolve("new/homes").toString());
    }

    @AfterEach
    void disconnect() {
        wire.close();
    }

    @Test
    void movesHomes() {
        // When
        var checked = wire.ask(migration, "check-homes", new CheckHomes(source, target, ExistingHomes.REFUSE));
        var opened = wire.ask(migration, "open-route", new OpenRoute(source, target));
        var seeded = wire.ask(migration, "seed-homes", new SeedHomes(source, target, ExistingHomes.REFUSE));
        var synced = wire.ask(migration, "sync-final", new SyncFinal(source, target));
        var verified = wire.ask(migration, "verify-homes", new VerifyHomes(source, target));
        var quiet = wire.ask(migration, "confirm-quiet", new ConfirmQuiet(source, target));
        var closed = wire.ask(migration, "close-route", new CloseRoute(source, target));
        // Then
        assertThat(checked)
                .isInstanceOfSatisfying(
                        HomesChecked.class, reply -> assertThat(reply.users()).isEqualTo(2));
        assertThat(opened)
                .isInstanceOfSatisfying(
                        RouteOpened.class,
                        reply -> assertThat(reply.keyFingerprint()).startsWith("SHA256:"));
        assertThat(seeded)
                .isInstanceOfSatisfying(
                        HomesSeeded.class, reply -> assertThat(reply.passes()).hasSize(2));
        assertThat(synced)
                .isInstanceOfSatisfying(
                        HomesSynced.class,
                        reply -> assertThat(reply.pass().number()).isEqualTo(3));
        assertThat(verified)
                .isInstanceOfSatisfying(
                        HomesVerified.class,
                        reply -> assertThat(reply.receipt().entries()).isEqualTo(4));
        assertThat(quiet).isEqualTo(new SourceQuiet(4));
        assertThat(closed).isEqualTo(new RouteClosed(true));
        assertThat(directory.resolve("new/homes/ada/notebooks/first.ipynb")).hasContent("{}");
    }

    @Test
    void closesARouteThatWasNeverOpened() {
        // When
        var closed = wire.ask(
                migration, new StepRef("open-route", StepRef.Direction.UNDO, 1), new CloseRoute(source, target));
        // Then
        assertThat(closed).isEqualTo(new RouteClosed(false));
    }

    @Test
    void namesAConnectionThatIsNotConfigured() {
        // When
        var checked = wire.ask(
                migration,
                "check-homes",
                new CheckHomes(new HomesRef("nowhere", "/homes"), target, ExistingHomes.REFUSE));
        // Then
        assertThat(checked).isInstanceOfSatisfying(Rejected.class, reply -> {
            assertThat(reply.code()).isEqualTo(ErrorCode.CONNECTION_UNKNOWN);
            assertThat(reply.detail()).contains("'nowhere'").contains("[new, old]");
        });
    }
}
