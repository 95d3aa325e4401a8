package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.ConfirmQuiet;
import dev.hubferry.storage.domain.FakeRun;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceWatchTest {
    /** With paths that are almost as long as Linux allows, these say more than a command may print. */
    private static final int MANY = 5000;

    @TempDir
    Path directory;

    @Test
    void countsVeryManyChangesAndNamesTheFirst() throws Exception {
        try (TwoHosts hosts = new TwoHosts(directory)) {
            // Given
            SmallTree.make(hosts.sourceHomes, 1);
            hosts.keeper().open(hosts.route, hosts.run);
            PassOrder order = new PassOrder(PassReport.Kind.FINAL, ExistingHomes.REFUSE);
            hosts.copier().run(hosts.route, order, hosts.run.then("sync-final/do/1"));
            Path deep = hosts.sourceHomes.resolve("ada");
            for (int level = 0; level < 15; level++) {
                deep = Files.createDirectory(deep.resolve("d".repeat(240)));
            }
            for (int i = 0; i < MANY; i++) {
                Files.createFile(deep.resolve("f" + i));
            }
            // When, Then
            ConfirmQuiet quiet = new ConfirmQuiet(hosts.watch());
            assertThatThrownBy(() -> quiet.confirm(hosts.route, hosts.run.then("confirm-quiet/do/1")))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> {
                        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SOURCE_CHANGED);
                        assertThat(refusal.rejected().detail())
                                .startsWith(MANY + 15 + 1 + " entries were written on the source")
                                .contains("'./ada', './ada/ddd");
                    });
            try (var left = Files.list(Path.of(TargetPlaces.of(hosts.route).run()))) {
                assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("quiet."));
            }
        }
    }

    @Test
    void namesWhatWasWrittenOnTheSourceSinceTheFinalPassBegan() throws Exception {
        try (TwoHosts hosts = new TwoHosts(directory)) {
            // Given
            SmallTree.make(hosts.sourceHomes, 1);
            hosts.keeper().open(hosts.route, hosts.run);
            PassOrder order = new PassOrder(PassReport.Kind.FINAL, ExistingHomes.REFUSE);
            hosts.copier().run(hosts.route, order, hosts.run.then("sync-final/do/1"));
            ConfirmQuiet quiet = new ConfirmQuiet(hosts.watch());
            FakeRun confirm = hosts.run.then("confirm-quiet/do/1");
            assertThat(quiet.confirm(hosts.route, confirm).entries()).isGreaterThan(50);
            // When, Then
            Files.writeString(hosts.sourceHomes.resolve("grace/deep/er/late"), "late");
            assertThatThrownBy(() -> quiet.confirm(hosts.route, confirm))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> {
                        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SOURCE_CHANGED);
                        assertThat(refusal.rejected().detail())
                                .contains("'./grace/deep/er/late'")
                                .contains("'./grace/deep/er'");
                    });
        }
    }
}
