package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongJobsTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private TwoHosts hosts;

    @BeforeEach
    void start() throws IOException {
        hosts = new TwoHosts(directory);
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void letsShortCommandsThroughWhileMoreVerificationsRunThanTheServersTake() throws Exception {
        // Given
        SmallTree.make(hosts.sourceHomes, 1);
        hosts.keeper().open(hosts.route, hosts.run);
        PassOrder order = new PassOrder(PassReport.Kind.FINAL, ExistingHomes.REFUSE);
        hosts.copier().run(hosts.route, order, hosts.run.then("sync-final/do/1"));
        Path gate = directory.resolve("gate");
        String wait = "while [ ! -e %s ]; do sleep 0.1; done; exec /usr/bin/sha256sum \"$@\"".formatted(gate);
        CopyFaultsTest.tool(hosts.source.home(), "sha256sum", wait);
        CopyFaultsTest.tool(hosts.target.home(), "sha256sum", wait);
        // When
        List<CompletableFuture<Long>> verifications = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            verifications.add(inBackground(() -> hosts.verification()
                    .verify(hosts.route, hosts.run.then("verify-homes/do/1"))
                    .receipt()
                    .users()));
        }
        Await.until("all that may to be under way", LONG, () -> scratches() == 2 * TwoHosts.LONG_JOBS.atATime());
        String run = TargetPlaces.of(hosts.route).run();
        String status = hosts.hosts.shell("new").require(HostCommand.script("status", run, "1", "160", "160", "0"));
        // Then
        assertThat(status).startsWith("ended 0 ");
        assertThat(verifications).noneMatch(CompletableFuture::isDone);
        Files.createFile(gate);
        for (CompletableFuture<Long> verification : verifications) {
            assertThat(verification).succeedsWithin(LONG).isEqualTo(5L);
        }
        // The route's worker keeps its own for some time.
        int kept = hosts.source.connections();
        assertThat(kept).isLessThanOrEqualTo(1 + TwoHosts.LONG_JOBS.atATime() + 1);
        hosts.hosts.longJob("old", "new").close();
        hosts.verification().verify(hosts.route, hosts.run.then("verify-homes/do/1"));
        assertThat(hosts.source.connections()).isLessThanOrEqualTo(kept);
    }

    @Test
    void saysWhoIsInTheWayWhenTheTurnDoesNotCome() throws Exception {
        // Given
        LongJobLimit limit = new LongJobLimit(1, Duration.ofMillis(200));
        Map<String, StorageServer> servers =
                Map.of("old", hosts.server("old", hosts.source), "new", hosts.server("new", hosts.target));
        try (SshHosts strict = new SshHosts(servers, limit)) {
            // When, Then
            try (LongJob unused = strict.longJob("new")) {
                assertThatThrownBy(() -> strict.longJob("new", "old"))
                        .isInstanceOfSatisfying(Refusal.class, refusal -> {
                            assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SSH_UNREACHABLE);
                            assertThat(refusal.isTransient()).isTrue();
                            assertThat(refusal.rejected().detail())
                                    .contains("new (127.0.0.3", "busy", "1 scans and verifications are under way");
                        });
            }
            strict.longJob("old", "new").close();
        }
    }

    /** Verifications that have begun to read, on both hosts. */
    private long scratches() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> path.getFileName().toString().startsWith("hash.") && Files.isDirectory(path))
                    .count();
        }
    }

    /** Something that may be interrupted. */
    @FunctionalInterface
    private interface Work {
        long run() throws InterruptedException;
    }

    private static CompletableFuture<Long> inBackground(Work work) {
        CompletableFuture<Long> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(work.run());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
