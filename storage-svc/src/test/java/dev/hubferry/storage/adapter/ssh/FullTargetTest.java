package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies into a file system that is too small. */
class FullTargetTest {
    private static final PassOrder SEED = new PassOrder(PassReport.Kind.SEED, ExistingHomes.REFUSE);

    @TempDir
    Path directory;

    private TwoHosts hosts;
    private boolean mounted;

    @BeforeEach
    void start() throws IOException {
        hosts = new TwoHosts(directory);
        SmallTree.make(hosts.sourceHomes, 1);
    }

    @AfterEach
    void stop() throws Exception {
        hosts.close();
        if (mounted) {
            // A runner that has just ended may still be in there.
            Await.until("umount", Duration.ofMinutes(1), () -> run("umount", parent().toString()) == 0);
        }
    }

    @Test
    void saysHowMuchIsFreeWhenTheTargetRunsFullInMidCopy() throws Exception {
        // Given
        mount("size=6m");
        byte[] whale = new byte[12 << 20];
        new Random(3).nextBytes(whale);
        for (String home : new String[] {"ada", "grace", "-hedy"}) {
            Files.write(hosts.sourceHomes.resolve(home).resolve("whale"), whale);
        }
        // When, Then
        copyIsRefused();
    }

    @Test
    void saysSoWhenAStreamDoesNotFit() throws Exception {
        // Given: there is no rsync
        mount("size=6m");
        CopyFaultsTest.tool(hosts.target.home(), "rsync", "exit 127");
        byte[] whale = new byte[12 << 20];
        new Random(3).nextBytes(whale);
        Files.write(hosts.sourceHomes.resolve("ada/whale"), whale);
        // When, Then
        copyIsRefused();
        assertThat(hosts.targetHomes.resolve("ada/whale")).doesNotExist();
    }

    @Test
    void saysHowManyInodesAreFreeWhenTheyRunOut() throws Exception {
        // Given
        mount("size=30m,nr_inodes=110");
        // When, Then
        copyIsRefused();
    }

    @Test
    void saysSoWhenTheTargetIsFullBeforeThePass() throws Exception {
        // Given
        mount("size=6m");
        hosts.keeper().open(hosts.route, hosts.run);
        fill(parent().resolve("of-others"));
        // When, Then
        assertThatThrownBy(() -> hosts.copier().run(hosts.route, SEED, hosts.run.then("seed-homes/do/1")))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.TARGET_FULL);
                    assertThat(refusal.rejected().detail()).contains("No space left on device");
                });
        assertThat(hosts.targetHomes).doesNotExist();
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            out.write(block);
                        }
                    })
                    .hasMessageContaining("No space left on device");
        }
    }

    private void copyIsRefused() throws InterruptedException {
        hosts.keeper().open(hosts.route, hosts.run);
        assertThatThrownBy(() -> hosts.copier().run(hosts.route, SEED, hosts.run.then("seed-homes/do/1")))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.TARGET_FULL);
                    assertThat(refusal.rejected().detail())
                            .containsPattern("^[0-9,]+ bytes and [0-9,]+ inodes are free: ");
                });
    }

    private void mount(String options) throws Exception {
        Path target = parent();
        mounted = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", target.toString()) == 0;
        assumeTrue(mounted, "needs root");
        assertThat(target).isEmptyDirectory();
    }

    private Path parent() {
        return Path.of(TargetPlaces.of(hosts.route).parent());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor();
    }
}
