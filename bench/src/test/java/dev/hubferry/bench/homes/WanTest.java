package dev.hubferry.bench.homes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hubferry.testbed.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WanTest {
    private static final Duration ROUND_TRIP = Duration.ofMillis(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void hostsMeetEachOtherOverTheLongLinkAndNothingStays(Standing standing) throws Exception {
        Optional<SharedTools> tools = SharedTools.find(Path.of(System.getProperty("hubferry.root", ".")));
        assumeTrue(tools.isPresent(), "skipped: no tools/wan-emulator.c in $HUBFERRY_SHARED or ../shared");
        assumeTrue(Programs.isInstalled("cc") && Programs.isInstalled("ip"), "skipped: no cc or no ip");
        assumeTrue(Files.isWritable(Path.of("/dev/net/tun")), "skipped: no /dev/net/tun, or not root");
        // Given
        String link = "hf" + ProcessHandle.current().pid();
        Path emulator = tools.get().emulator();
        try (Wan wan = Wan.make(emulator, directory, ROUND_TRIP, standing);
                Hosts hosts = Hosts.start(wan, directory.resolve("hosts"))) {
            long before = wan.bytes().orElseThrow();

            // When
            Programs.Ended hop = hosts.run(
                            Role.TARGET,
                            "hop",
                            "$RSYNC_RSH source 'echo $SSH_CONNECTION'",
                            Map.of("RSYNC_RSH", hosts.remoteShell()))
                    .orThrow();

            // Then
            assertThat(hop.output()).startsWith(hosts.endpoint(Role.TARGET).address() + " ");
            assertThat(hop.seconds()).isGreaterThan(5 * ROUND_TRIP.toMillis() / 1e3);
            assertThat(wan.bytes().orElseThrow() - before).isGreaterThan(4_000);
            assertThat(Programs.run("ip", "netns", "list").output()).contains(link);
        }
        Await.until("the link to be gone", Duration.ofSeconds(10), () -> {
            String names = Programs.run("ip", "netns", "list").output()
                    + Programs.run("ip", "-o", "link").output();
            return !names.contains(link);
        });
    }
}
