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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a pass is divided, and what it does to what is on the target already. */
class PassTest {
    private static final PassOrder SEED = new PassOrder(PassReport.Kind.SEED, ExistingHomes.REFUSE);
    private static final PassOrder FINAL = new PassOrder(PassReport.Kind.FINAL, ExistingHomes.REFUSE);

    @TempDir
    Path directory;

    private TwoHosts hosts;
    private FakeRun seed;
    private FakeRun sync;

    @BeforeEach
    void open() throws Exception {
        hosts = new TwoHosts(directory);
        SmallTree.make(hosts.sourceHomes, 1);
        Files.delete(hosts.sourceHomes.resolve(".projid"));
        hosts.keeper().open(hosts.route, hosts.run);
        seed = hosts.run.then("seed-homes/do/1");
        sync = hosts.run.then("sync-final/do/1");
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void dividesAWhaleAmongBatchesAndKeepsItsLinks() throws Exception {
        // Given
        Path whale = Files.createDirectories(hosts.sourceHomes.resolve("grace/data/large"));
        for (int i = 0; i < 30; i++) {
            write(whale.resolve("part " + i), 1 << 20);
        }
        write(whale.resolve("whole"), 20 << 20);
        Files.createLink(hosts.sourceHomes.resolve("grace/data/same"), whale.resolve("part 7"));
        Files.createLink(hosts.sourceHomes.resolve("ada/same"), whale.resolve("part 21"));
        // When
        hosts.copier().run(hosts.route, SEED, seed);
        hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        assertThat(batches(1)).isGreaterThanOrEqualTo(3);
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    @Test
    void doesNothingWhenNothingHasChanged() throws Exception {
        // Given: what was made within two seconds before a scan is suspected of a change
        hosts.copier().run(hosts.route, SEED, seed);
        CopyFaultsTest.awaitQuiet(hosts.sourceHomes);
        hosts.copier().run(hosts.route, SEED, hosts.run.then("seed-homes/do/2"));
        // When
        FinishedPass pass = hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        assertThat(runDirectory().resolve("pass-3/nothing")).exists();
        assertThat(runDirectory().resolve("pass-3/pid")).doesNotExist();
        assertThat(pass.report().entries()).isGreaterThan(50);
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    @Test
    void remembersWhatABatchLeftOutWhenAttributesComeAfterIt() throws Exception {
        // Given
        Path whale = Files.createDirectories(hosts.sourceHomes.resolve("grace/whale"));
        for (int i = 0; i < 12; i++) {
            write(whale.resolve("part " + i), 1 << 20);
        }
        Files.writeString(runDirectory().resolve("transport"), "rsync\n");
        CopyFaultsTest.tool(hosts.target.home(), "rsync", """
                case "$*" in *batch-*) ;; *) exec /usr/bin/rsync "$@" ;; esac
                /usr/bin/rsync "$@"
                echo 'rsync: send_files failed to open "./ada/notes.txt"' >&2
                exit 23
                """);
        // When, Then
        assertThatThrownBy(() -> hosts.copier().run(hosts.route, FINAL, sync))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.rejected().detail()).contains("23", "./ada/notes.txt"));
        assertThat(runDirectory().resolve("pass-1/attributes-rsync.0.out")).exists();
    }

    @Test
    void sendsFreshSubtreesByTarAndChangesByRsync() throws Exception {
        // Given
        Path subtree = Files.createDirectories(hosts.sourceHomes.resolve("grace/subtree/within"));
        for (int i = 0; i < 100; i++) {
            write(subtree.resolve("part " + i), 1 << 17);
        }
        Files.createLink(subtree.resolveSibling("same"), subtree.resolve("part 7"));
        write(hosts.sourceHomes.resolve("ada/large"), 65 << 20);
        // When
        FinishedPass seeded = hosts.copier().run(hosts.route, SEED, seed);
        write(subtree.resolve("part 7"), 1 << 18);
        hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        assertThat(outputs(1))
                .anyMatch(path -> path.endsWith("tar.0.out"))
                .filteredOn(path -> path.endsWith("rsync.0.out"))
                .singleElement()
                .satisfies(path -> assertThat(Files.readString(path.resolveSibling("list")))
                        .contains("./ada/large"));
        assertThat(outputs(2)).isNotEmpty().noneMatch(path -> path.endsWith("tar.0.out"));
        assertThat(seeded.report().filesSent()).isBetween(150L, 250L);
        assertThat(seeded.report().bytesSent()).isBetween((100L << 17) + (65L << 20), (110L << 17) + (65L << 20));
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    private List<Path> outputs(int pass) throws IOException {
        try (Stream<Path> all = Files.walk(runDirectory().resolve("pass-" + pass))) {
            return all.filter(path -> path.toString().endsWith(".out")).toList();
        }
    }

    @Test
    void keepsWhatItDeletesUntilTheRouteIsClosed() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        byte[] notes = Files.readAllBytes(hosts.sourceHomes.resolve("grace/notes.txt"));
        Path tidied = Files.move(hosts.sourceHomes.resolve("grace/deep"), directory.resolve("deep"));
        Files.delete(hosts.sourceHomes.resolve("grace/notes.txt"));
        // When
        FinishedPass pass = hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        Path trash = runDirectory().resolve("trash/pass-2/grace");
        assertThat(trash.resolve("notes.txt")).hasBinaryContent(notes);
        SharedTools.assertEqualTrees(tidied, trash.resolve("deep"));
        try (Stream<Path> deleted = Files.walk(trash)) {
            assertThat(pass.report().deleted()).isEqualTo(deleted.count() - 1);
        }
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    @Test
    void asksBeforeItDeletesMuch() throws Exception {
        // Given
        Path many = Files.createDirectories(hosts.sourceHomes.resolve("ada/many"));
        for (int i = 0; i < 250; i++) {
            Files.writeString(many.resolve("file " + i), "x");
        }
        hosts.copier().run(hosts.route, SEED, seed);
        Files.move(many, directory.resolve("many"));
        // When, Then
        assertThatThrownBy(() -> hosts.copier().run(hosts.route, FINAL, sync))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.TOO_MANY_DELETIONS);
                    assertThat(refusal.rejected().detail()).contains("251 of", "25 %", "mounted");
                });
        assertThat(hosts.targetHomes.resolve("ada/many/file 0")).exists();
        assertThat(runDirectory().resolve("trash")).doesNotExist();
    }

    @Test
    void mendsWhatWasDoneToTheTargetBetweenTwoPasses() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        CopyFaultsTest.awaitQuiet(hosts.sourceHomes);
        hosts.copier().run(hosts.route, SEED, hosts.run.then("seed-homes/do/2"));
        Path ada = hosts.targetHomes.resolve("ada");
        Files.copy(ada.resolve("hard"), ada.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(ada.resolve("copy"), ada.resolve("hard"), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(ada.resolve("rich"));
        Files.writeString(ada.resolve("private"), "of another size");
        Files.createDirectory(ada.resolve("extra"));
        // When
        hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    @Test
    void clearsOnceThoughItsRunnerDies() throws Exception {
        // Given: a change of type in a batch that is done when the runner dies, and another batch that is not
        hosts.copier().run(hosts.route, SEED, seed);
        Path deep = hosts.sourceHomes.resolve("ada/deep");
        Files.move(deep, directory.resolve("deep"));
        Files.writeString(deep, "now a file");
        Path whale = Files.createDirectories(hosts.sourceHomes.resolve("grace/whale"));
        for (int i = 0; i < 40; i++) {
            write(whale.resolve("part " + i), 1 << 19);
        }
        Path gate = directory.resolve("gate");
        CopyFaultsTest.tool(
                hosts.target.home(),
                "tar",
                "while [ ! -e '%s' ]; do sleep 0.1; done; exec /usr/bin/tar \"$@\"".formatted(gate));
        CompletableFuture<FinishedPass> pass = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> run(pass, FINAL, sync));
        Await.until("a batch to be done", Duration.ofSeconds(60), () -> batchesDone(2) > 0);
        // When
        String runner = Files.readString(runDirectory().resolve("pass-2/pid")).split(" ")[0];
        new ProcessBuilder("kill", "-KILL", "--", "-" + runner).start().waitFor();
        Files.createFile(gate);
        // Then
        pass.get();
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    @Test
    void namesWhatCannotBeReadOnTheSource() throws Exception {
        // Given
        CopyFaultsTest.tool(
                hosts.source.home(),
                "find",
                "/usr/bin/find \"$@\"; echo \"find: './ada/private': Permission denied\" >&2; exit 1");
        // When, Then
        assertThatThrownBy(() -> hosts.copier().run(hosts.route, SEED, seed))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SOURCE_UNREADABLE);
                    assertThat(refusal.rejected().detail()).contains("./ada/private", "Permission denied");
                });
        assertThat(hosts.targetHomes).doesNotExist();
    }

    @Test
    void copiesAgainWhatChangedWhileItWasRead() throws Exception {
        // Given: an edit in the midst of the copy that keeps size and time
        Path file = hosts.sourceHomes.resolve("ada/large");
        write(file, 4 << 20);
        CopyFaultsTest.awaitQuiet(hosts.sourceHomes);
        Path edited = directory.resolve("edited");
        CopyFaultsTest.tool(
                hosts.target.home(),
                "rsync",
                "[ -e '%s' ] || exec /usr/bin/rsync --bwlimit=1000 \"$@\"; exec /usr/bin/rsync \"$@\""
                        .formatted(edited));
        Thread editor = Thread.ofVirtual().start(() -> {
            Await.until("a part of the file", Duration.ofSeconds(60), () -> partOf("large") > 1 << 20);
            edit(file, edited);
        });
        // When
        hosts.copier().run(hosts.route, SEED, seed);
        editor.join();
        assertThat(edited).exists();
        hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    @Test
    void takesNoHarmFromClocksThatAreWrong() throws Exception {
        // Given
        String wrong = "case \"$1\" in +%%s*) /usr/bin/date -d '%s' \"$@\";; *) exec /usr/bin/date \"$@\";; esac";
        CopyFaultsTest.tool(hosts.source.home(), "date", wrong.formatted("1 hour ago"));
        CopyFaultsTest.tool(hosts.target.home(), "date", wrong.formatted("1 day"));
        hosts.copier().run(hosts.route, SEED, seed);
        SmallTree.editUnseen(hosts.sourceHomes.resolve("ada/notes.txt"));
        CopyFaultsTest.tool(hosts.target.home(), "date", wrong.formatted("1 year ago"));
        // When
        FinishedPass pass = hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        assertThat(pass.report().endedAt()).isAfterOrEqualTo(pass.report().startedAt());
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    @Test
    void trustsNothingThatAnEarlierVersionCopied() throws Exception {
        // Given: its plans say less, and its manifests are not like ours
        hosts.copier().run(hosts.route, SEED, seed);
        Path pass = runDirectory().resolve("pass-1");
        Files.writeString(
                pass.resolve("plan"), Files.readString(pass.resolve("plan")).replaceAll("(root|cleared) .*\n", ""));
        Files.writeString(pass.resolve("source"), "./ada//d 1.0 2 3 4 5 6\0");
        SmallTree.editUnseen(hosts.targetHomes.resolve("ada/notes.txt"));
        // When
        hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    @Test
    void isNotConfusedByAScanThatWasCutShort() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        CopyFaultsTest.tool(
                hosts.source.home(),
                "sort",
                "case \"$*\" in *-T*) /usr/bin/sort \"$@\" | head -c 300; exit 2;; esac; exec /usr/bin/sort \"$@\"");
        // When, Then
        assertThatThrownBy(() -> hosts.copier().run(hosts.route, FINAL, sync)).isInstanceOf(Refusal.class);
        assertThat(runDirectory().resolve("pass-2")).doesNotExist();
        assertThat(hosts.targetHomes.resolve("grace/notes.txt")).exists();
    }

    private static void edit(Path file, Path edited) {
        try {
            SmallTree.editUnseen(file);
            Files.createFile(edited);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much of a file has come, under whatever name it has meanwhile. */
    private long partOf(String name) throws IOException {
        try (Stream<Path> all = Files.walk(hosts.targetHomes.getParent())) {
            return all.filter(path -> path.getFileName().toString().contains(name))
                    .mapToLong(path -> path.toFile().length())
                    .max()
                    .orElse(0);
        }
    }

    private static void write(Path file, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(file.hashCode()).nextBytes(content);
        Files.write(file, content);
    }

    private void run(CompletableFuture<FinishedPass> result, PassOrder order, FakeRun run) {
        try {
            result.complete(hosts.copier().run(hosts.route, order, run));
        } catch (InterruptedException | RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private long batchesDone(int pass) throws IOException {
        Path plan = runDirectory().resolve("pass-" + pass);
        if (!Files.exists(plan)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(plan)) {
            return all.filter(path -> path.endsWith("exit")).count();
        }
    }

    private long batches(int pass) throws IOException {
        try (Stream<Path> all = Files.list(runDirectory().resolve("pass-" + pass))) {
            return all.filter(path -> path.getFileName().toString().startsWith("batch-"))
                    .count();
        }
    }

    private Path runDirectory() {
        return Path.of(TargetPlaces.of(hosts.route).run());
    }
}
