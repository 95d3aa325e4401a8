package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @BeforeEach
    void start() throws IOException {
        hosts = new TwoHosts(directory);
        SmallTree.make(hosts.sourceHomes, 1);
    }

    @AfterEach
    void stop() throws Exception {
        hosts.close();
        run("umount", parent().toString());
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
    void saysHowManyInodesAreFreeWhenTheyRunOut() throws Exception {
        // Given
        mount("size=30m,nr_inodes=110");
        // When, Then
        copyIsRefused();
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
        assumeTrue(run("mount", "-t", "tmpfs", "-o", options, "tmpfs", target.toString()) == 0, "needs root");
        assertThat(target).isEmptyDirectory();
    }

    private Path parent() {
        return Path.of(TargetPlaces.of(hosts.route).parent());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor();
    }
}
