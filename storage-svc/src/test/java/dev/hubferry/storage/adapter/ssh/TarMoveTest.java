package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.contracts.Transport;
import dev.hubferry.storage.domain.CheckHomes;
import dev.hubferry.storage.domain.SeedPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole moves between hosts of which not both have rsync. */
class TarMoveTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"5, true, false", "23, false, true", "42, true, true"})
    void movesATreeWithEverythingInItWithoutRsync(int seed, boolean noneOnSource, boolean noneOnTarget)
            throws Exception {
        try (TwoHosts hosts = new TwoHosts(directory)) {
            // Given
            SharedTools.generate(
                    hosts.sourceHomes, "--scale", "0.01", "--users", "6", "--mb", "1600", "--seed", "" + seed);
            hide(hosts.source.home(), noneOnSource);
            hide(hosts.target.home(), noneOnTarget);

            // When
            var checked = new CheckHomes(hosts.inspector())
                    .check(hosts.route.source(), hosts.route.target(), ExistingHomes.REFUSE);
            WholeMove move = new WholeMove(hosts, HomesOptions.NONE);
            SharedTools.generate(hosts.sourceHomes, "--mutate", "1", "--seed", "1");
            move.seed(new SeedPlan(2, 2, Duration.ofSeconds(20)));
            SharedTools.generate(hosts.sourceHomes, "--mutate", "20", "--seed", "2", "--active", "1");
            Receipt receipt = move.finish();
            long quiet = move.confirmQuiet();
            boolean happened = move.close();

            // Then
            assertThat(checked.transport()).contains(Transport.TAR);
            assertThat(checked.notices())
                    .anySatisfy(notice -> assertThat(notice.text())
                            .contains("no rsync 3.1.3 on "
                                    + (noneOnSource
                                            ? hosts.server("old", hosts.source).label()
                                            : ""))
                            .contains("tar streams"));
            assertThat(receipt.users()).isEqualTo(6);
            assertThat(quiet).isEqualTo(receipt.entries());
            assertThat(happened).isTrue();
            SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
            assertThat(hosts.targetHomes.resolveSibling(".hubferry")).doesNotExist();
            assertThat(hosts.source.home().resolve(".hubferry")).doesNotExist();
        }
    }

    private static void hide(Path home, boolean hidden) throws IOException {
        if (hidden) {
            CopyFaultsTest.tool(home, "rsync", "echo 'rsync: not found' >&2; exit 127");
        }
    }
}
