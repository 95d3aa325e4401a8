package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.FakeRun;
import dev.hubferry.storage.domain.HomeCopier.FinishedPass;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passes by tar, and what becomes of them when something is lost on the way. */
class TarStreamTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final PassOrder SEED = new PassOrder(PassReport.Kind.SEED, ExistingHomes.REFUSE);
    private static final PassOrder FINAL = new PassOrder(PassReport.Kind.FINAL, ExistingHomes.REFUSE);

    @TempDir
    Path directory;

    private TwoHosts hosts;
    private FakeRun seed;
    private FakeRun sync;
    private Path gate;

    @BeforeEach
    void open() throws Exception {
        hosts = new TwoHosts(directory);
        SmallTree.make(hosts.sourceHomes, 1);
        Files.delete(hosts.sourceHomes.resolve(".projid"));
        CopyFaultsTest.tool(hosts.target.home(), "rsync", "exit 127");
        hosts.keeper().open(hosts.route, hosts.run);
        seed = hosts.run.then("seed-homes/do/1");
        sync = hosts.run.then("sync-final/do/1");
        gate = directory.resolve("gate");
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void goesOnAfterALostConnectionAndSendsNothingTwiceThatHasCome() throws Exception {
        // Given: one batch is stuck in the midst of a file, the others have come
        byte[] whale = whale(20);
        holdTheWhaleBack();
        CompletableFuture<FinishedPass> pass = inBackground(SEED, seed);
        Await.until("the other batches", LONG, () -> batchesDone(1) == batches(1) - 1 && batches(1) > 1);
        Await.until("a part of the whale", LONG, () -> partOfWhale() > 1 << 20);
        assertThat(hosts.targetHomes.resolve("ada/whale")).doesNotExist();
        // When
        hosts.source.cutConnections();
        Await.until(
                "the stream to be given up",
                LONG,
                () -> tries(1).stream().anyMatch(path -> path.endsWith("tar.1.out")));
        Files.createFile(gate);
        // Then
        assertThat(pass.get().incomplete()).isEmpty();
        assertThat(hosts.targetHomes.resolve("ada/whale")).hasBinaryContent(whale);
        assertThat(tries(1))
                .filteredOn(path -> !path.endsWith("tar.0.out"))
                .allSatisfy(path -> assertThat(Files.readString(path.resolveSibling("list")))
                        .contains("./ada/whale"));
        assertThat(pass.get().report().filesSent()).isGreaterThan(50);
        assertThat(pass.get().report().bytesSent()).isBetween((long) whale.length, whale.length * 2L);
        assertThat(runDirectory().resolve("stage")).isEmptyDirectory();
        hosts.copier().run(hosts.route, FINAL, sync);
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    @Test
    void leavesNoStageOfARunnerThatWasKilled() throws Exception {
        // Given
        byte[] whale = whale(20);
        holdTheWhaleBack();
        CompletableFuture<FinishedPass> pass = inBackground(SEED, seed);
        Await.until("a part of the whale", LONG, () -> partOfWhale() > 1 << 20);
        // When
        String runner = Files.readString(runDirectory().resolve("pass-1/pid")).split(" ")[0];
        new ProcessBuilder("kill", "-KILL", "--", "-" + runner).start().waitFor();
        Files.createFile(gate);
        // Then
        assertThat(pass.get().incomplete()).isEmpty();
        assertThat(hosts.targetHomes.resolve("ada/whale")).hasBinaryContent(whale);
        assertThat(runDirectory().resolve("stage")).isEmptyDirectory();
    }

    @Test
    void goesOnWhereARunnerWasKilledBetweenTwoMoves() throws Exception {
        // Given: subtrees in two directories, one of which is there when the runner dies
        for (String parent : List.of("ada/deep", "grace/deep")) {
            Path tree =
                    Files.createDirectories(hosts.sourceHomes.resolve(parent).resolve("subtree/within"));
            for (int i = 0; i < 40; i++) {
                Files.writeString(tree.resolve("file " + i), parent + i);
            }
            Files.createLink(tree.resolveSibling("same"), tree.resolve("file 7"));
        }
        Path once = directory.resolve("once");
        CopyFaultsTest.tool(hosts.target.home(), "mv", """
                /usr/bin/mv "$@"
                code=$?
                case "$*" in
                    *stage/*) [ -e '%1$s' ] || { touch '%1$s'; /bin/kill -KILL -- "-$(cut -d ' ' -f 5 /proc/$$/stat)"; } ;;
                esac
                exit $code
                """.formatted(once));
        hosts.copier().run(hosts.route, SEED, seed);
        Files.deleteIfExists(once);
        // When
        Path more = Files.createDirectories(hosts.sourceHomes.resolve("ada/more"));
        for (int i = 0; i < 40; i++) {
            Files.writeString(more.resolve("file " + i), "more");
        }
        Files.move(hosts.sourceHomes.resolve("grace/deep/subtree"), hosts.sourceHomes.resolve("grace/moved"));
        hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        assertThat(once).exists();
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    @Test
    void followsNoLinkThatIsPlantedWhileItReads() throws Exception {
        // Given: a directory becomes a link to something outside right before tar reads it
        Path outside = Files.createDirectories(hosts.sourceHomes.resolveSibling("outside"));
        Path within = Files.createDirectory(outside.resolve("er"));
        Files.writeString(within.resolve("secret"), "secret of others");
        Path deep = hosts.sourceHomes.resolve("ada/deep");
        CopyFaultsTest.tool(hosts.source.home(), "tar", """
                if [ ! -L %1$s ]; then mv %1$s %1$s.away; ln -s %2$s %1$s; fi
                exec /usr/bin/tar "$@"
                """.formatted(
                        HostCommand.quote(deep.toString()), HostCommand.quote(outside.toString())));
        // When
        hosts.copier().run(hosts.route, SEED, seed);
        // Then
        assertThat(deep).isSymbolicLink();
        try (Stream<Path> all = Files.walk(hosts.targetHomes.getParent())) {
            assertThat(all).noneMatch(path -> path.endsWith("secret"));
        }
        hosts.copier().run(hosts.route, FINAL, sync);
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    @Test
    void namesWhatCannotBeReadAndWhatHasGoneAfterTheFreeze() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        Files.writeString(hosts.sourceHomes.resolve("ada/notes.txt"), "changed");
        CopyFaultsTest.tool(hosts.source.home(), "tar", """
                echo 'tar: ./ada/notes.txt: Cannot open: Permission denied' >&2
                /usr/bin/tar --exclude=./ada/notes.txt "$@"
                echo 'tar: Exiting with failure status due to previous errors' >&2
                exit 2
                """);
        // When, Then
        copyFails("23", "./ada/notes.txt: Cannot open: Permission denied", "did not come: ./ada/notes.txt");
        CopyFaultsTest.tool(hosts.source.home(), "tar", "exec /usr/bin/tar --exclude=./ada/notes.txt \"$@\"");
        copyFails("23", "did not come: ./ada/notes.txt");
        CopyFaultsTest.tool(hosts.source.home(), "tar", """
                /usr/bin/tar "$@"
                echo 'tar: ./ada/notes.txt: file changed as we read it' >&2
                exit 1
                """);
        copyFails("24", "./ada/notes.txt: file changed as we read it");
    }

    @Test
    void putsNothingIntoItsPlaceThatWasFilledUpWithZeros() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        Files.writeString(hosts.sourceHomes.resolve("ada/notes.txt"), "changed");
        CopyFaultsTest.tool(hosts.source.home(), "tar", """
                /usr/bin/tar "$@"
                echo 'tar: ./ada/notes.txt: Read error at byte 0, while reading 7 bytes: Input/output error' >&2
                exit 2
                """);
        // When, Then
        copyFails("23", "./ada/notes.txt: Read error");
        assertThat(hosts.targetHomes.resolve("ada/notes.txt")).hasSize(200);
    }

    @Test
    void takesAStreamWithoutItsMarkForCutOff() throws Exception {
        // Given: a stream that ends early, although everybody says that all went well
        Path once = directory.resolve("once");
        CopyFaultsTest.tool(hosts.source.home(), "tar", """
                [ ! -e '%1$s' ] || exec /usr/bin/tar "$@"
                touch '%1$s'
                printf './ada\\0' >"$scratch/members"
                /usr/bin/tar --exclude="$mark" "$@"
                """.formatted(once));
        // When
        hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        assertThat(once).exists();
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    @Test
    void takesAttributesOffDirectoriesThatTheSourceNoLongerHas() throws Exception {
        // Given
        Path ada = hosts.sourceHomes.resolve("ada");
        sh("setfattr -n user.one -v 1 \"$0\"; setfattr -n 'user.t w=o' -v 2 \"$0\"; setfacl -d -m u:7:r \"$0\"", ada);
        hosts.copier().run(hosts.route, SEED, seed);
        sh("setfattr -x user.one \"$0\"; setfacl -k \"$0\"", ada);
        // When
        hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    @Test
    void keepsToABandwidthLimit() throws Exception {
        // Given
        whale(4);
        CopySettings all = hosts.settings;
        CopySettings limited = new CopySettings(
                1,
                OptionalLong.of(1 << 20),
                all.deletions(),
                all.pollInterval(),
                all.patience(),
                all.hashWorkers(),
                all.verifyDeadline());
        // When
        PassReport report = new RsyncHomeCopier(hosts.hosts, limited, Clock.systemUTC())
                .run(hosts.route, FINAL, sync)
                .report();
        // Then
        assertThat(Duration.between(report.startedAt(), report.endedAt())).isGreaterThan(Duration.ofSeconds(3));
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    private void copyFails(String... named) throws InterruptedException {
        sync = sync.then("sync-final/do/again");
        assertThatThrownBy(() -> hosts.copier().run(hosts.route, FINAL, sync))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.COPY_FAILED);
                    assertThat(refusal.rejected().detail()).contains(named);
                });
    }

    private static void sh(String script, Path path) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-ec", script, path.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    private byte[] whale(int megabytes) throws IOException {
        byte[] content = new byte[megabytes << 20];
        new Random(3).nextBytes(content);
        Files.write(hosts.sourceHomes.resolve("ada/whale"), content);
        return content;
    }

    /** The stream that the whale is in stops after some of it, until the gate is there. */
    private void holdTheWhaleBack() throws IOException {
        CopyFaultsTest.tool(hosts.source.home(), "tar", """
                grep -qz whale "$scratch/wanted" || exec /usr/bin/tar "$@"
                /usr/bin/tar "$@" | {
                    head -c 4000000
                    while [ ! -e '%s' ]; do sleep 0.1; done
                    cat
                }
                """.formatted(gate));
    }

    private long partOfWhale() throws IOException {
        try (Stream<Path> all = Files.walk(runDirectory())) {
            return all.filter(path -> path.endsWith("whale"))
                    .mapToLong(path -> path.toFile().length())
                    .sum();
        }
    }

    private CompletableFuture<FinishedPass> inBackground(PassOrder order, FakeRun run) {
        CompletableFuture<FinishedPass> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(hosts.copier().run(hosts.route, order, run));
            } catch (InterruptedException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private long batches(int pass) throws IOException {
        return inBatches(pass, "list").size();
    }

    private long batchesDone(int pass) throws IOException {
        return inBatches(pass, "exit").size();
    }

    private List<Path> tries(int pass) throws IOException {
        return Stream.of(inBatches(pass, "tar.0.out"), inBatches(pass, "tar.1.out"))
                .flatMap(List::stream)
                .toList();
    }

    private List<Path> inBatches(int pass, String name) throws IOException {
        Path plan = runDirectory().resolve("pass-" + pass);
        if (!Files.exists(plan.resolve("prepared"))) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(plan)) {
            return all.map(batch -> batch.resolve(name)).filter(Files::exists).toList();
        }
    }

    private Path runDirectory() {
        return Path.of(TargetPlaces.of(hosts.route).run());
    }
}
