package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.storage.domain.CheckHomes;
import dev.hubferry.storage.domain.SeedPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
            WholeMove move = new WholeMove(hosts, HomesOptions.NONE);
            SharedTools.generate(hosts.sourceHomes, "--mutate", "1", "--seed", "1");
            move.seed(new SeedPlan(2, 5, Duration.ofSeconds(20)));
            SharedTools.generate(hosts.sourceHomes, "--mutate", "20", "--seed", "2", "--active", "1");
            Receipt receipt = move.finish();
            long quiet = move.confirmQuiet();
            boolean happened = move.close();

            // Then
            SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
            assertThat(checked.users()).isEqualTo(12);
            assertThat(receipt.users()).isEqualTo(12);
            assertThat(quiet).isEqualTo(receipt.entries());
            assertThat(happened).isTrue();
            assertThat(hosts.source.authorizedKeys()).hasBinaryContent(keys);
            assertThat(hosts.targetHomes.resolveSibling(".hubferry")).doesNotExist();
            assertThat(hosts.source.home().resolve(".hubferry")).doesNotExist();
        }
    }
}
