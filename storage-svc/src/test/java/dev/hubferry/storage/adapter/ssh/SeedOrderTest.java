package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.storage.domain.SeedHomes;
import dev.hubferry.storage.domain.SeedPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order one worker takes the homes. */
class SeedOrderTest {
    @TempDir
    Path directory;

    @Test
    void beginsWithTheHomesOfActiveUsersAndGoesOnWithTheHeaviest() throws Exception {
        try (TwoHosts hosts = new TwoHosts(directory)) {
            // Given
            for (String home : List.of("_shared", "ada", "bob", "grace", "jos\u00e9")) {
                home(hosts, home, 6);
            }
            home(hosts, "whale", 20);
            noteWhatRsyncTakes(hosts);
            hosts.keeper().open(hosts.route, hosts.run);
            // When
            seed(hosts, List.of("jos\u00e9", "nobody", "ada", "grace"));
            // Then
            assertThat(taken()).containsExactly("jos\u00e9", "ada", "grace", "whale", "_shared", "bob");
            SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
        }
    }

    @Test
    void beginsWithTheHeaviestWhenNobodySaysWhoIsActive() throws Exception {
        try (TwoHosts hosts = new TwoHosts(directory)) {
            // Given
            home(hosts, "ada", 6);
            home(hosts, "bob", 7);
            home(hosts, "whale", 20);
            noteWhatRsyncTakes(hosts);
            hosts.keeper().open(hosts.route, hosts.run);
            // When
            seed(hosts, List.of());
            // Then
            assertThat(taken()).containsExactly("whale", "bob", "ada");
        }
    }

    private static void home(TwoHosts hosts, String name, int megabytes) throws IOException {
        byte[] content = new byte[megabytes << 20];
        new Random(name.hashCode()).nextBytes(content);
        Files.write(Files.createDirectories(hosts.sourceHomes.resolve(name)).resolve("data"), content);
    }

    /** The list of each batch, one after the other. */
    private void noteWhatRsyncTakes(TwoHosts hosts) throws IOException {
        // What is new would go by it.
        CopyFaultsTest.tool(hosts.target.home(), "tar", "exit 127");
        CopyFaultsTest.tool(hosts.target.home(), "rsync", """
                for option; do
                    case $option in --files-from=*/batch-*) tr '\\0' '\\n' <"${option#*=}" >>'%s';; esac
                done
                exec /usr/bin/rsync "$@"
                """.formatted(directory.resolve("taken")));
    }

    private static void seed(TwoHosts hosts, List<String> activeFirst) throws InterruptedException {
        CopySettings one = new CopySettings(
                1,
                hosts.settings.bandwidthLimit(),
                hosts.settings.deletions(),
                hosts.settings.pollInterval(),
                hosts.settings.patience(),
                hosts.settings.hashWorkers(),
                hosts.settings.verifyDeadline());
        RsyncHomeCopier copier = new RsyncHomeCopier(hosts.hosts, one, Clock.systemUTC());
        new SeedHomes(copier, new SeedPlan(1, 1, Duration.ofMinutes(1)), (_, _) -> {})
                .seed(hosts.route, ExistingHomes.REFUSE, activeFirst, hosts.run.then("seed-homes/do/1"));
    }

    private List<String> taken() throws IOException {
        List<String> homes = new ArrayList<>();
        for (String path : Files.readAllLines(directory.resolve("taken"))) {
            String home = path.split("/")[1];
            if (!homes.contains(home)) {
                homes.add(home);
            }
        }
        return homes;
    }
}
