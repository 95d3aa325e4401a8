package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.OnLateWrites;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.storage.domain.CheckHomes;
import dev.hubferry.storage.domain.ConfirmQuiet;
import dev.hubferry.storage.domain.RouteKeeper.HomesAfterwards;
import dev.hubferry.storage.domain.SeedHomes;
import dev.hubferry.storage.domain.SeedPlan;
import dev.hubferry.storage.domain.SyncFinal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeMoveTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {5, 11, 23, 42, 77})
    void movesATreeWithEverythingInItWhileItChanges(int seed) throws Exception {
        try (TwoHosts hosts = new TwoHosts(directory)) {
            // Given
            SharedTools.generate(
                    hosts.sourceHomes, "--scale", "0.02", "--users", "12", "--mb", "60", "--seed", "" + seed);
            byte[] keys = Files.readAllBytes(hosts.source.authorizedKeys());
            var checked = new CheckHomes(hosts.inspector())
                    .check(hosts.route.source(), hosts.route.target(), ExistingHomes.REFUSE);

            // When
            hosts.keeper().open(hosts.route, hosts.run);
            SharedTools.generate(hosts.sourceHomes, "--mutate", "1", "--seed", "1");
            new SeedHomes(hosts.copier(), new SeedPlan(2, 5, Duration.ofSeconds(20)), hosts.hashing()::hash)
                    .seed(hosts.route, ExistingHomes.REFUSE, List.of(), hosts.run.then("seed-homes/do/1"));
            SharedTools.generate(hosts.sourceHomes, "--mutate", "20", "--seed", "2", "--active", "1");
            new SyncFinal(hosts.copier(), hosts.watch())
                    .sync(hosts.route, OnLateWrites.TAKE_BACK, hosts.run.then("sync-final/do/1"));
            Receipt receipt = hosts.verification()
                    .verify(hosts.route, hosts.run.then("verify-homes/do/1"))
                    .receipt();
            var quiet = new ConfirmQuiet(hosts.watch()).confirm(hosts.route, hosts.run.then("confirm-quiet/do/1"));
            boolean happened =
                    hosts.keeper().close(hosts.route, hosts.run.then("close-route/do/1"), HomesAfterwards.HANDED_OVER);

            // Then
            SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
            assertThat(checked.users()).isEqualTo(12);
            assertThat(receipt.users()).isEqualTo(12);
            assertThat(quiet.entries()).isEqualTo(receipt.entries());
            assertThat(happened).isTrue();
            assertThat(hosts.source.authorizedKeys()).hasBinaryContent(keys);
            assertThat(hosts.targetHomes.resolveSibling(".hubferry")).doesNotExist();
            assertThat(hosts.source.home().resolve(".hubferry")).doesNotExist();
        }
    }
}
