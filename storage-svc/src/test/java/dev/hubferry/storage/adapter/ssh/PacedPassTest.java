package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.Progress;
import dev.hubferry.storage.domain.FakeRun;
import dev.hubferry.storage.domain.HomeCopier.FinishedPass;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pass that takes a while, since it may not use more of the link. */
class PacedPassTest {
    private static final PassOrder SEED = new PassOrder(PassReport.Kind.SEED, ExistingHomes.REFUSE);
    private static final long LIMIT = 9L << 20;
    /** Each is a batch of its own: two of them are more than a chunk. */
    private static final int PARTS = 8;

    private static final int PART_BYTES = 5 << 20;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private TwoHosts hosts;
    private FakeRun seed;

    @BeforeEach
    void open() throws Exception {
        hosts = new TwoHosts(directory);
        Random random = new Random(5);
        for (String home : new String[] {"ada", "grace"}) {
            for (int i = 0; i < PARTS / 2; i++) {
                byte[] content = new byte[PART_BYTES];
                random.nextBytes(content);
                Path part = Files.createDirectories(hosts.sourceHomes.resolve(home + "/part " + i));
                Files.write(part.resolve("data"), content);
            }
        }
        hosts.keeper().open(hosts.route, hosts.run);
        seed = hosts.run.then("seed-homes/do/1");
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void keepsAllWorkersTogetherWithinTheLimitAndSaysHowFarItIs() throws Exception {
        // When
        FinishedPass pass = copier().run(hosts.route, SEED, seed);
        // Then: rsync may begin with a burst
        Duration took =
                Duration.between(pass.report().startedAt(), pass.report().endedAt());
        assertThat(took)
                .isGreaterThan(Duration.ofSeconds(PARTS * PART_BYTES / LIMIT)
                        .multipliedBy(7)
                        .dividedBy(10));
        assertThat(seed.progress())
                .anySatisfy(PacedPassTest::saysRateAndTimeLeft)
                .anySatisfy(PacedPassTest::saysThatAHomeIsUnderWay);
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    private static void saysRateAndTimeLeft(Progress progress) {
        assertThat(progress.percent())
                .hasValueSatisfying(percent -> assertThat(percent).isBetween(1, 99));
        assertThat(progress.bytesPerSecond())
                .hasValueSatisfying(rate -> assertThat(rate).isBetween(1L, 2 * LIMIT));
        assertThat(progress.timeLeft())
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ZERO, LONG));
    }

    private static void saysThatAHomeIsUnderWay(Progress progress) {
        assertThat(progress.homes()).hasValueSatisfying(homes -> {
            assertThat(homes.total()).isEqualTo(2);
            assertThat(homes.open()).anySatisfy(home -> {
                assertThat(home.bytesTotal()).isEqualTo(PARTS / 2L * PART_BYTES);
                assertThat(home.bytesDone()).isBetween(1L, home.bytesTotal() - 1);
            });
        });
    }

    @Test
    void hasAsManyWorkersAsItIsToldWhileItRuns() throws Exception {
        // Given
        CompletableFuture<FinishedPass> pass = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                pass.complete(copier().run(hosts.route, SEED, seed));
            } catch (Throwable e) {
                pass.completeExceptionally(e);
            }
        });
        Await.until("three workers", LONG, () -> pass.isDone() || underWay() == 3);
        // When
        workers(1);
        // Then
        Await.until("one worker", LONG, () -> pass.isDone() || underWay() == 1);
        assertThat(pass).isNotDone();
        // When
        workers(3);
        // Then
        Await.until("three workers again", LONG, () -> pass.isDone() || underWay() == 3);
        assertThat(pass).isNotDone();
        assertThat(pass.get().incomplete()).isEmpty();
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    private void workers(int count) throws IOException {
        Files.writeString(run().resolve("workers"), count + "\n");
    }

    private Path run() {
        return Path.of(TargetPlaces.of(hosts.route).run());
    }

    /** Batches that were taken and have not ended. */
    private long underWay() throws IOException {
        Path pass = run().resolve("pass-1");
        if (!Files.exists(pass)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(pass)) {
            return files.filter(batch -> Files.exists(batch.resolve("taken")) && !Files.exists(batch.resolve("exit")))
                    .count();
        }
    }

    private RsyncHomeCopier copier() {
        return new RsyncHomeCopier(hosts.hosts, hosts.settings.withBandwidthLimit(LIMIT), Clock.systemUTC());
    }
}
