package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.FakeRun;
import dev.hubferry.storage.domain.HomeCopier.FinishedPass;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.RouteKeeper.HomesAfterwards;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs on the target, detached, and what becomes of it when its command, its connection or a part of it is lost. */
class RunnerTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final PassOrder SEED = new PassOrder(PassReport.Kind.SEED, ExistingHomes.REFUSE);

    @TempDir
    Path directory;

    private TwoHosts hosts;
    private FakeRun seed;

    @BeforeEach
    void open() throws Exception {
        hosts = new TwoHosts(directory);
        SmallTree.make(hosts.sourceHomes, 1);
        // These tests slow rsync down.
        CopyFaultsTest.tool(hosts.target.home(), "tar", "exit 127");
        hosts.keeper().open(hosts.route, hosts.run);
        seed = hosts.run.then("seed-homes/do/1");
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void goesOnAfterLostConnections() throws Exception {
        // Given
        Path gate = slowDownUpToAGate(3_000);
        byte[] whale = whale(20);
        var pass = inBackground(() -> hosts.copier().run(hosts.route, SEED, seed));
        // When: both the route and the service's own connections are lost, twice
        for (int cut = 1; cut <= 2; cut++) {
            awaitPartOfWhale(cut * 4L << 20);
            hosts.source.cutConnections();
            hosts.target.cutConnections();
        }
        Files.createFile(gate);
        // Then
        assertThat(pass.get().incomplete()).isEmpty();
        assertThat(hosts.targetHomes.resolve("ada/whale")).hasBinaryContent(whale);
        assertThat(pass.get().report().bytesSent()).isLessThan(whale.length + (12L << 20));
    }

    @Test
    void attachesToThePassOfARunThatDied() throws Exception {
        // Given
        Path gate = slowDownUpToAGate(3_000);
        byte[] whale = whale(12);
        var dead = inBackground(() -> hosts.copier().run(hosts.route, SEED, seed));
        awaitPartOfWhale(2 << 20);
        seed.lose();
        assertThat(dead).failsWithin(LONG);
        // When
        try (SshHosts fresh = hosts.freshConnections()) {
            FakeRun heir = seed.takenOver();
            var attached = inBackground(
                    () -> new RsyncHomeCopier(fresh, hosts.settings, Clock.systemUTC()).run(hosts.route, SEED, heir));
            Await.until(
                    "the heir to see how far the pass is",
                    LONG,
                    () -> attached.isDone() || !heir.progress().isEmpty());
            Files.createFile(gate);
            FinishedPass pass = attached.get();
            // Then
            assertThat(pass.report().number()).isEqualTo(1);
            assertThat(hosts.targetHomes.resolve("ada/whale")).hasBinaryContent(whale);
            assertThat(hosts.copier().finished(hosts.route, seed.command().value()))
                    .containsExactly(pass);
        }
    }

    @Test
    void startsARunnerAgainThatWasKilled() throws Exception {
        // Given
        Path gate = slowDownUpToAGate(3_000);
        byte[] whale = whale(8);
        var pass = inBackground(() -> hosts.copier().run(hosts.route, SEED, seed));
        awaitPartOfWhale(2 << 20);
        // When
        long runner = runner(1);
        new ProcessBuilder("kill", "-KILL", "--", "-" + runner).start().waitFor();
        Files.createFile(gate);
        // Then
        assertThat(pass.get().incomplete()).isEmpty();
        assertThat(hosts.targetHomes.resolve("ada/whale")).hasBinaryContent(whale);
    }

    @Test
    void saysWhyARunnerDoesNotBegin() throws Exception {
        // Given
        Path lock = Files.createFile(runDirectory().resolve("running"));
        Process holder = new ProcessBuilder("flock", lock.toString(), "sh", "-c", "echo held && exec sleep 90").start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            // When, Then
            assertThatThrownBy(() -> hosts.copier().run(hosts.route, SEED, seed))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.isTransient()).isTrue())
                    .hasMessageContaining("the runner did not begin")
                    .hasMessageContaining("another runner has held the lock");
        } finally {
            holder.destroy();
        }
    }

    @Test
    void endsWhatAKilledRunnerHasLeftBeforeItStartsAgain() throws Exception {
        // Given
        Path gate = slowDownUpToAGate(3_000);
        byte[] whale = whale(12);
        var pass = inBackground(() -> hosts.copier().run(hosts.route, SEED, seed));
        awaitPartOfWhale(2 << 20);
        long runner = runner(1);
        assertThat(group(runner)).hasSizeGreaterThan(3);
        // When: only the leader dies
        new ProcessBuilder("kill", "-KILL", String.valueOf(runner)).start().waitFor();
        // Then
        Await.until("another runner", LONG, () -> Files.exists(pidFile(1)) && runner(1) != runner);
        assertThat(group(runner)).isEmpty();
        Files.createFile(gate);
        assertThat(pass.get().incomplete()).isEmpty();
        assertThat(hosts.targetHomes.resolve("ada/whale")).hasBinaryContent(whale);
    }

    @Test
    void endsTheRunnerOfACommandThatWasGivenUp() throws Exception {
        // Given
        slowDown(500);
        whale(20);
        var givenUp = inBackground(() -> hosts.copier().run(hosts.route, SEED, seed));
        awaitPartOfWhale(1 << 20);
        seed.lose();
        assertThat(givenUp).failsWithin(LONG);
        long first = runner(1);
        assertThat(group(first)).isNotEmpty();
        // When
        FakeRun retry = hosts.run.then("seed-homes/do/2");
        var pass = inBackground(() -> hosts.copier().run(hosts.route, SEED, retry));
        Await.until("the next runner", LONG, () -> pass.isDone() || Files.exists(pidFile(2)));
        assertThat(pass).isNotCompletedExceptionally();
        // Then
        assertThat(group(first)).isEmpty();
        assertThat(group(runner(2))).isNotEmpty();
        retry.lose();
        assertThat(pass).failsWithin(LONG);
    }

    @Test
    void stopsARunnerThatTheHostNoLongerObeys() throws Exception {
        // Given: the connection to the source is lost again and again
        CopyFaultsTest.tool(hosts.target.home(), "rsync", "exit 12");
        var pass = inBackground(() -> hosts.copier().run(hosts.route, SEED, seed));
        Await.until("the runner", LONG, () -> Files.exists(pidFile(1)));
        long runner = runner(1);
        seed.lose();
        assertThat(pass).failsWithin(LONG);
        // When
        new RunDirectory(hosts.hosts.shell("new"), runDirectory().toString(), hosts.run.then("later")).put("x", "1");
        // Then
        Await.until("the runner to stop", LONG, () -> group(runner).isEmpty());
        assertThat(runDirectory().resolve("pass-1/done")).doesNotExist();
    }

    @Test
    void asksAgainWhenTheHostCannotSayHowFarAPassIs() throws Exception {
        // Given
        Path gate = slowDownUpToAGate(3_000);
        byte[] whale = whale(12);
        var pass = inBackground(() -> hosts.copier().run(hosts.route, SEED, seed));
        awaitPartOfWhale(1 << 20);
        // When: the login shell itself fails for a while, as when there is no room for another process
        Path broken = hosts.target.home().resolveSibling("bin/sh");
        Path asked = hosts.target.home().resolveSibling("asked");
        CopyFaultsTest.tool(hosts.target.home(), "sh", "echo again >>'" + asked + "'; exit 2");
        Await.until(
                "it to be asked again",
                LONG,
                () -> Files.exists(asked) && Files.readAllLines(asked).size() >= 3);
        assertThat(pass).isNotDone();
        Files.delete(broken);
        Files.createFile(gate);
        // Then
        assertThat(pass.get().incomplete()).isEmpty();
        assertThat(hosts.targetHomes.resolve("ada/whale")).hasBinaryContent(whale);
    }

    @Test
    void closesWhileACopyRuns() throws Exception {
        // Given
        slowDown(500);
        whale(20);
        var pass = inBackground(() -> hosts.copier().run(hosts.route, SEED, seed));
        awaitPartOfWhale(1 << 20);
        seed.lose();
        assertThat(pass).failsWithin(LONG);
        // When
        hosts.keeper().close(hosts.route, hosts.run.then("close-route/undo/1"), HomesAfterwards.STAY_MARKED);
        // Then
        assertThat(runDirectory()).doesNotExist();
        Await.until("no rsync to be left", LONG, () -> {
            try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
                return all.noneMatch(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("rsync") && line.contains(directory.toString()))
                        .isPresent());
            }
        });
        assertThat(hosts.targetHomes.resolve("ada")).isDirectory();
    }

    private void slowDown(int kilobytesPerSecond) throws IOException {
        CopyFaultsTest.tool(
                hosts.target.home(), "rsync", "exec /usr/bin/rsync --bwlimit=" + kilobytesPerSecond + " \"$@\"");
    }

    /** As {@link #slowDown}, but no rsync ends well before the file that this returns is there. */
    private Path slowDownUpToAGate(int kilobytesPerSecond) throws IOException {
        Path gate = directory.resolve("gate");
        CopyFaultsTest.tool(hosts.target.home(), "rsync", """
                /usr/bin/rsync --bwlimit=%d "$@"
                code=$?
                [ $code -ne 0 ] || while [ ! -e '%s' ]; do sleep 0.1; done
                exit $code
                """.formatted(kilobytesPerSecond, gate));
        return gate;
    }

    private byte[] whale(int megabytes) throws IOException {
        byte[] content = new byte[megabytes << 20];
        new Random(3).nextBytes(content);
        Files.write(hosts.sourceHomes.resolve("ada/whale"), content);
        return content;
    }

    /** Waits until this much of the whale has arrived, in its place, in a temporary file or in a partial one. */
    private void awaitPartOfWhale(long bytes) {
        Await.until(bytes + " bytes of the whale", LONG, () -> {
            try (Stream<Path> all = Files.walk(hosts.targetHomes.getParent())) {
                return all.filter(path -> path.getFileName().toString().contains("whale"))
                                .mapToLong(path -> path.toFile().length())
                                .sum()
                        >= bytes;
            }
        });
    }

    private Path pidFile(int pass) {
        return runDirectory().resolve("pass-" + pass + "/pid");
    }

    private long runner(int pass) throws IOException {
        return Long.parseLong(Files.readString(pidFile(pass)).split(" ", -1)[0]);
    }

    /** The living processes of a process group. */
    private static List<String> group(long leader) throws IOException {
        List<String> members = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                try {
                    String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 4);
                    if (!fields[0].equals("Z") && fields[2].equals(String.valueOf(leader))) {
                        members.add(stat);
                    }
                } catch (IOException e) {
                    // It has just ended.
                }
            }
        }
        return members;
    }

    /** Something that may be interrupted. */
    @FunctionalInterface
    private interface Work {
        FinishedPass run() throws InterruptedException;
    }

    private static CompletableFuture<FinishedPass> inBackground(Work work) {
        CompletableFuture<FinishedPass> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(work.run());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private Path runDirectory() {
        return hosts.targetHomes
                .resolveSibling(".hubferry")
                .resolve(hosts.route.migration().value());
    }
}
