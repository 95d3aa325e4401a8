package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.Transport;
import dev.hubferry.storage.domain.CheckHomes;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.RouteKeeper.HomesAfterwards;
import dev.hubferry.storage.domain.VerifyHomes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SudoTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Transport.class)
    void asksSudoForWhatNeedsRootAndForNothingElse(Transport transport) throws Exception {
        try (TwoHosts hosts = new TwoHosts(directory)) {
            // Given: a sudo that takes "-n --" only and notes what it was asked for
            SmallTree.make(hosts.sourceHomes, 1);
            String sudo = "[ \"$1 $2\" = '-n --' ] || exit 1; shift 2; echo \"$2 $4\" >>%s/asked; exec \"$@\"";
            CopyFaultsTest.tool(hosts.source.home(), "sudo", sudo.formatted(hosts.source.home()));
            CopyFaultsTest.tool(hosts.target.home(), "sudo", sudo.formatted(hosts.target.home()));
            if (transport == Transport.TAR) {
                CopyFaultsTest.tool(hosts.target.home(), "rsync", "exit 127");
            }
            SshHosts servers = new SshHosts(
                    Map.of(
                            "old",
                            withSudo(hosts.server("old", hosts.source)),
                            "new",
                            withSudo(hosts.server("new", hosts.target))),
                    TwoHosts.LONG_JOBS);
            RsyncHomeCopier copier = new RsyncHomeCopier(servers, hosts.settings, Clock.systemUTC());
            // When
            new CheckHomes(new SshHomesInspector(servers))
                    .check(hosts.route.source(), hosts.route.target(), ExistingHomes.REFUSE);
            new SshRouteKeeper(servers).open(hosts.route, hosts.run);
            copier.run(
                    hosts.route,
                    new PassOrder(PassReport.Kind.FINAL, ExistingHomes.REFUSE),
                    hosts.run.then("sync-final/do/1"));
            var receipt = new VerifyHomes(new SshTreeReader(servers, hosts.settings, hosts.spools), hosts.spools)
                    .verify(hosts.route, hosts.run.then("verify-homes/do/1"))
                    .receipt();
            new SshRouteKeeper(servers)
                    .close(hosts.route, hosts.run.then("close-route/do/1"), HomesAfterwards.HANDED_OVER);
            servers.close();
            // Then
            assertThat(receipt.users()).isEqualTo(5);
            assertThat(Files.readAllLines(hosts.source.home().resolve("asked")))
                    .contains("-c hubferry-scan", "-c hubferry-hash", "-c hubferry-close-source")
                    .anyMatch(asked -> switch (transport) {
                        case RSYNC -> asked.endsWith("/rsyncd.conf");
                        case TAR -> asked.contains("/stream ");
                    })
                    .doesNotContain("-c hubferry-keys-read", "-c hubferry-keys-write", "-c hubferry-open-source");
            assertThat(Files.readAllLines(hosts.target.home().resolve("asked")))
                    .contains("-c hubferry-open-target", "-c hubferry-start", "-c hubferry-close-target");
        }
    }

    private static StorageServer withSudo(StorageServer server) {
        return new StorageServer(
                server.name(),
                server.host(),
                server.port(),
                server.user(),
                server.privateKeyFile(),
                server.knownHostsFile(),
                StorageServer.Sudo.SUDO,
                server.peerAddress(),
                server.peerPort(),
                server.bindAddress(),
                server.authorizedKeysFile());
    }
}
