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
import dev.hubferry.storage.domain.RouteKeeper.HomesAfterwards;
import dev.hubferry.storage.domain.Superseded;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyFaultsTest {
    private static final Duration LONG = Duration.ofSeconds(90);
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
        hosts.keeper().open(hosts.route, hosts.run);
        seed = hosts.run.then("seed-homes/do/1");
        sync = hosts.run.then("sync-final/do/1");
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void findsEditsThatKeepSizeAndTime() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        SmallTree.editUnseen(hosts.sourceHomes.resolve("ada/notes.txt"));
        SmallTree.editUnseen(hosts.sourceHomes.resolve("grace/rich"));
        // When
        FinishedPass pass = hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        assertThat(pass.report().filesSent()).isGreaterThanOrEqualTo(2);
        SharedTools.assertEqualTrees(hosts.sourceHomes, withQuotaFile(hosts.targetHomes));
    }

    @Test
    void followsBrokenAndNewHardLinksAlsoAcrossHomes() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        Path broken = hosts.sourceHomes.resolve("ada/hard");
        Path copy = hosts.sourceHomes.resolve("ada/hard.copy");
        Files.copy(broken, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        Files.move(copy, broken, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(hosts.sourceHomes.resolve("grace/empty"));
        Files.createLink(hosts.sourceHomes.resolve("grace/empty"), hosts.sourceHomes.resolve("-hedy/rich"));
        // When
        hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        SharedTools.assertEqualTrees(hosts.sourceHomes, withQuotaFile(hosts.targetHomes));
    }

    @Test
    void followsEveryChangeOfTypeAndRemovedHomes() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        Path ada = hosts.sourceHomes.resolve("ada");
        deleteTree(ada.resolve("deep"));
        Files.writeString(ada.resolve("deep"), "now a file");
        Files.delete(ada.resolve("notes.txt"));
        Files.createDirectories(ada.resolve("notes.txt/inside"));
        Files.delete(ada.resolve("dangling"));
        Files.createDirectory(ada.resolve("dangling"));
        Files.delete(ada.resolve("rich"));
        Files.createSymbolicLink(ada.resolve("rich"), Path.of("private"));
        deleteTree(hosts.sourceHomes.resolve("grace"));
        Files.createDirectory(hosts.sourceHomes.resolve("newcomer"));
        // When
        FinishedPass pass = hosts.copier().run(hosts.route, FINAL, sync);
        // Then
        assertThat(pass.report().deleted()).isGreaterThan(10);
        SharedTools.assertEqualTrees(hosts.sourceHomes, withQuotaFile(hosts.targetHomes));
    }

    /** Waits until no change of a tree lies so shortly back that a scan suspects another one behind it. */
    static void awaitQuiet(Path tree) {
        Await.until(
                "the tree to be older than that",
                Duration.ofSeconds(30),
                () -> newestChange(tree).plusMillis(2_500).isBefore(Instant.now()));
    }

    private static Instant newestChange(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            Instant newest = Instant.EPOCH;
            for (Path path : all.toList()) {
                FileTime changed = (FileTime) Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
                newest = changed.toInstant().isAfter(newest) ? changed.toInstant() : newest;
            }
            return newest;
        }
    }

    @Test
    void sendsAChangedFileOnce() throws Exception {
        // Given: what was made within two seconds before a scan is suspected of a change
        awaitQuiet(hosts.sourceHomes);
        hosts.copier().run(hosts.route, SEED, seed);
        Files.writeString(hosts.sourceHomes.resolve("ada/empty"), "no more");
        Files.writeString(hosts.sourceHomes.resolve("ada/new one"), "new");
        // All names of a file go together.
        Files.writeString(hosts.sourceHomes.resolve("ada/notes.txt"), "longer than before".repeat(100));
        // When
        hosts.copier().run(hosts.route, FINAL, sync);
        // Then: once each, and after them the attributes of the directories that they are in
        assertThat(Files.readString(runDirectory().resolve("pass-2/batch-00001/list"))
                        .split("\0"))
                .containsExactlyInAnyOrder(
                        "./ada/deep/hard",
                        "./ada/empty",
                        "./ada/hard",
                        "./ada/new one",
                        "./ada/notes.txt",
                        "./ada",
                        "./ada/deep");
        assertThat(runDirectory().resolve("pass-2/batch-00002")).doesNotExist();
        SharedTools.assertEqualTrees(hosts.sourceHomes, withQuotaFile(hosts.targetHomes));
    }

    @Test
    void refusesAStaleRunOnTheHost() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed.takenOver());
        // When, Then
        assertThatThrownBy(() -> hosts.copier().run(hosts.route, SEED, seed)).isInstanceOf(Superseded.class);
    }

    @Test
    void deletesNothingWhenTheSourceHasGoneEmpty() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        Files.move(hosts.sourceHomes, hosts.sourceHomes.resolveSibling("unmounted"));
        Files.createDirectory(hosts.sourceHomes);
        // When, Then
        assertThatThrownBy(() -> hosts.copier().run(hosts.route, FINAL, sync))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SOURCE_EMPTY));
        assertThat(hosts.targetHomes.resolve("grace/notes.txt")).exists();
    }

    @Test
    void deletesNothingWhenMostHomesAreGone() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        for (String home : new String[] {"ada", "grace", "-hedy"}) {
            Files.move(hosts.sourceHomes.resolve(home), directory.resolve(home));
        }
        // When, Then
        assertThatThrownBy(() -> hosts.copier().run(hosts.route, FINAL, sync))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.rejected().detail()).contains("3 of 5 homes"));
        assertThat(hosts.targetHomes.resolve("grace/notes.txt")).exists();
    }

    @Test
    void neverTouchesAHomeThatIsNotItsOwn() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        Files.createDirectories(hosts.targetHomes.resolve("newcomer"));
        Files.writeString(hosts.targetHomes.resolve("newcomer/mine"), "mine");
        Files.createDirectories(hosts.targetHomes.resolve("visitor"));
        hosts.copier().run(hosts.route, FINAL, sync);
        assertThat(hosts.targetHomes.resolve("visitor")).exists();
        Files.createDirectories(hosts.sourceHomes.resolve("newcomer"));
        // When, Then
        assertThatThrownBy(() -> hosts.copier().run(hosts.route, FINAL, hosts.run.then("sync-final/do/2")))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.HOMES_EXIST_ON_TARGET);
                    assertThat(refusal.rejected().detail()).contains("'newcomer'");
                });
        assertThat(hosts.targetHomes.resolve("newcomer/mine")).hasContent("mine");
    }

    @Test
    void adoptsWhatAnEarlierMigrationLeftAndTrustsNothingInIt() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        hosts.keeper().close(hosts.route, hosts.run.then("close-route/undo/1"), HomesAfterwards.STAY_MARKED);
        SmallTree.editUnseen(hosts.sourceHomes.resolve("ada/notes.txt"));
        SmallTree.editUnseen(hosts.targetHomes.resolve("grace/rich"));
        Files.writeString(hosts.targetHomes.resolve("grace/extra"), "of the first try");
        var second = hosts.anotherMigration();
        hosts.keeper().open(second.route(), second.run());
        // When
        assertThatThrownBy(() ->
                        hosts.copier().run(second.route(), SEED, second.run().then("seed-homes/do/1")))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.HOMES_EXIST_ON_TARGET));
        hosts.copier()
                .run(
                        second.route(),
                        new PassOrder(PassReport.Kind.SEED, ExistingHomes.ADOPT_OWN),
                        second.run().then("seed-homes/do/2"));
        hosts.copier().run(second.route(), FINAL, second.run().then("sync-final/do/1"));
        // Then
        SharedTools.assertEqualTrees(hosts.sourceHomes, withQuotaFile(hosts.targetHomes));
        assertThat(marker()).doesNotExist();
    }

    @Test
    void nobodyAdoptsHomesThatWereHandedOver() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        hosts.keeper().close(hosts.route, hosts.run.then("close-route/do/1"), HomesAfterwards.HANDED_OVER);
        var second = hosts.anotherMigration();
        hosts.keeper().open(second.route(), second.run());
        // When, Then
        PassOrder adopt = new PassOrder(PassReport.Kind.SEED, ExistingHomes.ADOPT_OWN);
        assertThatThrownBy(() ->
                        hosts.copier().run(second.route(), adopt, second.run().then("seed-homes/do/1")))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.HOMES_EXIST_ON_TARGET));
    }

    @Test
    void countsTheScanAsPartOfAPass() throws Exception {
        // Given
        tool(hosts.source.home(), "find", "sleep 4; exec /usr/bin/find \"$@\"");
        // When
        PassReport report = hosts.copier().run(hosts.route, SEED, seed).report();
        // Then
        assertThat(Duration.between(report.startedAt(), report.endedAt()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void namesWhatTheFinalPassCouldNotCopy() throws Exception {
        // Given
        hosts.copier().run(hosts.route, SEED, seed);
        tool(
                hosts.source.home(),
                "rsync",
                "rm -f \"" + hosts.sourceHomes + "/ada/notes.txt\"; exec /usr/bin/rsync \"$@\"");
        Files.writeString(hosts.sourceHomes.resolve("ada/notes.txt"), "changed");
        // When, Then
        assertThatThrownBy(() -> hosts.copier().run(hosts.route, FINAL, sync))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.COPY_FAILED);
                    assertThat(refusal.rejected().detail()).contains("23", "ada/notes.txt");
                });
    }

    /** Puts a program before those of the same name in the PATH of a host. */
    static void tool(Path home, String name, String script) throws IOException {
        Path tool = home.resolveSibling("bin").resolve(name);
        Files.writeString(tool, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path runDirectory() {
        return hosts.targetHomes
                .resolveSibling(".hubferry")
                .resolve(hosts.route.migration().value());
    }

    private Path marker() {
        return hosts.targetHomes
                .resolveSibling(".hubferry")
                .resolve("owned")
                .resolve(hosts.targetHomes.getFileName())
                .resolve(hosts.route.migration() + ".homes");
    }

    /** Quota state stays behind: the judge should not stumble over it. */
    private Path withQuotaFile(Path target) throws IOException {
        assertThat(target.resolve(".projid")).doesNotExist();
        var time = Files.getLastModifiedTime(target);
        Files.copy(hosts.sourceHomes.resolve(".projid"), target.resolve(".projid"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.setLastModifiedTime(target, time);
        return target;
    }

    private static void deleteTree(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
