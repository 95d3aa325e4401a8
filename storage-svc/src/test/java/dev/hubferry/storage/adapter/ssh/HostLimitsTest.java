package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.testbed.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts whose sshd allows less than usual. */
class HostLimitsTest {
    @TempDir
    Path directory;

    @Test
    void copiesWhereAConnectionMayHaveOneSessionOnly() throws Exception {
        copies(options -> options.withMaxSessions(1));
    }

    @Test
    void copiesWhereFewMayLogInAtATime() throws Exception {
        // One is the service's own.
        copies(options -> options.withMaxStartups("2"));
    }

    private void copies(UnaryOperator<SshServer.Options> servers) throws Exception {
        try (TwoHosts hosts = new TwoHosts(directory, servers)) {
            // Given
            SmallTree.make(hosts.sourceHomes, 1);
            Files.delete(hosts.sourceHomes.resolve(".projid"));
            large(hosts.sourceHomes.resolve("ada"));
            hosts.keeper().open(hosts.route, hosts.run);
            // When
            hosts.copier()
                    .run(
                            hosts.route,
                            new PassOrder(PassReport.Kind.SEED, ExistingHomes.REFUSE),
                            hosts.run.then("seed-homes/do/1"));
            Files.writeString(hosts.sourceHomes.resolve("grace/notes.txt"), "changed");
            hosts.copier()
                    .run(
                            hosts.route,
                            new PassOrder(PassReport.Kind.FINAL, ExistingHomes.REFUSE),
                            hosts.run.then("sync-final/do/1"));
            // Then
            SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
        }
    }

    /** Enough for several batches. */
    private static void large(Path home) throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < 10; i++) {
            Path part = Files.createDirectories(home.resolve("part " + i));
            byte[] content = new byte[3 << 20];
            random.nextBytes(content);
            Files.write(part.resolve("data"), content);
        }
    }
}
