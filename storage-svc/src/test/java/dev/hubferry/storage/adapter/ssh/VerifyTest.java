package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.storage.domain.FakeRun;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants one difference at a time between two equal trees, and takes it back. */
class VerifyTest {
    @TempDir
    static Path directory;

    private static TwoHosts hosts;
    private static FakeRun run;

    @BeforeAll
    static void copy() throws Exception {
        hosts = new TwoHosts(directory);
        SmallTree.make(hosts.sourceHomes, 1);
        PlainCopy.of(hosts);
        run = hosts.run.then("verify-homes/do/1");
    }

    @AfterAll
    static void stop() {
        hosts.close();
    }

    /** A change and what takes it back. */
    private interface Plant {
        void plant(Path target) throws Exception;
    }

    private record Difference(Plant plant, Plant takeBack, String named) {}

    @Test
    void findsAndNamesEveryPlantedDifference() throws Exception {
        Receipt receipt = verify();
        for (Map.Entry<String, Difference> planted : differences().entrySet()) {
            // Given
            Difference difference = planted.getValue();
            difference.plant().plant(hosts.targetHomes);
            // When, Then
            assertThatThrownBy(VerifyTest::verify)
                    .as(planted.getKey())
                    .isInstanceOfSatisfying(Refusal.class, refusal -> {
                        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.TREES_DIFFER);
                        assertThat(refusal.rejected().detail()).contains(difference.named());
                    });
            difference.takeBack().plant(hosts.targetHomes);
        }
        assertThat(verify()).isEqualTo(receipt);
    }

    @Test
    void leavesOutWhatOthersKeepOnTheTarget() throws Exception {
        // Given
        FileTime time = Files.getLastModifiedTime(hosts.targetHomes);
        Files.createDirectories(hosts.targetHomes.resolve("visitor/notes"));
        Files.writeString(hosts.targetHomes.resolve(".projects"), "1:/x\n");
        // When
        Receipt receipt = verify();
        // Then
        assertThat(receipt.users()).isEqualTo(5);
        Files.delete(hosts.targetHomes.resolve("visitor/notes"));
        Files.delete(hosts.targetHomes.resolve("visitor"));
        Files.delete(hosts.targetHomes.resolve(".projects"));
        Files.setLastModifiedTime(hosts.targetHomes, time);
    }

    @Test
    void leavesNothingRunningOnTheHostsWhenItIsGivenUp() throws Exception {
        // Given
        CopyFaultsTest.tool(hosts.target.home(), "sha256sum", "exec sleep 7777");
        Thread verifying = Thread.ofVirtual().start(() -> {
            try {
                verify();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Await.until("hashing to begin", Duration.ofSeconds(30), () -> hashing() > 0);
        // When
        verifying.interrupt();
        // Then
        Await.until("hashing to end", Duration.ofSeconds(30), () -> hashing() == 0);
        verifying.join();
        Files.delete(hosts.target.home().resolveSibling("bin/sha256sum"));
        assertThat(verify().users()).isEqualTo(5);
    }

    private static long hashing() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains("sleep 7777"))
                            .isPresent())
                    .count();
        }
    }

    private static Map<String, Difference> differences() {
        Map<String, Difference> all = new LinkedHashMap<>();
        put(all, "content", "ada/notes.txt: ", VerifyTest::flip, VerifyTest::flip);
        put(all, "hash only", "content differs", VerifyTest::flip, VerifyTest::flip);
        put(all, "mode", "ada/empty: mode", t -> mode(t, "rwx------"), t -> mode(t, "rw-r--r--"));
        put(all, "owner", "ada/empty: owner", t -> owner(t, 2001), t -> owner(t, 1000));
        put(all, "mtime by a nanosecond", "ada/rich: mtime", t -> time(t, 2), t -> time(t, 1));
        put(all, "attribute", "extended attributes", t -> attribute(t, "x"), t -> noAttribute(t, "x"));
        put(all, "attribute of a directory", "./ada: ext", t -> comment(t, true), t -> comment(t, false));
        put(all, "link", "ada/dangling: ", t -> link(t, "elsewhere"), t -> link(t, "nowhere\nat all"));
        put(all, "missing", "'notes", VerifyTest::remove, VerifyTest::putBack);
        put(all, "extra", "ada/extra: is on the target only", VerifyTest::extra, VerifyTest::noExtra);
        put(all, "broken hard link", "hard link to", VerifyTest::breakLink, VerifyTest::mendLink);
        put(all, "directory's time", "./ada/deep: mtime", t -> dirTime(t, 5), VerifyTest::dirTimeBack);
        return all;
    }

    private static void put(Map<String, Difference> all, String name, String named, Plant plant, Plant takeBack) {
        String shown = named.equals("'notes") ? "ada/empty: is missing on the target" : named;
        all.put(name, new Difference(keepingDirectory(plant), keepingDirectory(takeBack), shown));
    }

    /** What is planted in ada must not show in the times of ada's directories. */
    private static Plant keepingDirectory(Plant plant) {
        return target -> {
            FileTime root = Files.getLastModifiedTime(target);
            FileTime ada = Files.getLastModifiedTime(target.resolve("ada"));
            plant.plant(target);
            Files.setLastModifiedTime(target.resolve("ada"), ada);
            Files.setLastModifiedTime(target, root);
        };
    }

    private static void flip(Path target) throws IOException {
        SmallTree.editUnseen(target.resolve("ada/notes.txt"));
    }

    private static void mode(Path target, String mode) throws IOException {
        Files.setPosixFilePermissions(target.resolve("ada/empty"), PosixFilePermissions.fromString(mode));
    }

    private static void owner(Path target, int uid) throws IOException {
        Files.setAttribute(target.resolve("ada/empty"), "unix:uid", uid);
    }

    private static void time(Path target, int nano) throws IOException {
        Files.setLastModifiedTime(
                target.resolve("ada/rich"),
                FileTime.from(Instant.parse("2001-02-03T04:05:06Z").plusNanos(nano)));
    }

    private static void attribute(Path target, String name) throws IOException {
        view(target.resolve("ada/rich")).write(name, StandardCharsets.UTF_8.encode("1"));
    }

    private static void noAttribute(Path target, String name) throws IOException {
        view(target.resolve("ada/rich")).delete(name);
    }

    private static void comment(Path target, boolean on) throws IOException {
        if (on) {
            view(target.resolve("ada")).write("c", StandardCharsets.UTF_8.encode("1"));
        } else {
            view(target.resolve("ada")).delete("c");
        }
    }

    private static UserDefinedFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
    }

    private static void link(Path target, String to) throws IOException, InterruptedException {
        Path link = target.resolve("ada/dangling");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of(to));
        Files.setAttribute(link, "unix:uid", 1000, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(link, "unix:gid", 1000, LinkOption.NOFOLLOW_LINKS);
        Path same = hosts.sourceHomes.resolve("ada/dangling");
        sh("touch", "-h", "-r", same.toString(), link.toString());
    }

    private static void remove(Path target) throws IOException {
        Files.move(target.resolve("ada/empty"), directory.resolve("aside"));
    }

    private static void putBack(Path target) throws IOException {
        Files.move(directory.resolve("aside"), target.resolve("ada/empty"));
    }

    private static void extra(Path target) throws IOException {
        Files.createFile(target.resolve("ada/extra"));
    }

    private static void noExtra(Path target) throws IOException {
        Files.delete(target.resolve("ada/extra"));
    }

    private static void breakLink(Path target) throws IOException, InterruptedException {
        Path hard = target.resolve("ada/hard");
        sh("cp", "-a", "--remove-destination", target.resolve("ada/notes.txt").toString(), hard.toString());
        assertThat(Files.getAttribute(hard, "unix:nlink")).isEqualTo(1);
    }

    private static void mendLink(Path target) throws IOException {
        Files.delete(target.resolve("ada/hard"));
        Files.createLink(target.resolve("ada/hard"), target.resolve("ada/notes.txt"));
    }

    private static void dirTime(Path target, int seconds) throws IOException {
        Files.setLastModifiedTime(target.resolve("ada/deep"), FileTime.from(Instant.ofEpochSecond(seconds)));
    }

    private static void dirTimeBack(Path target) throws IOException {
        Files.setLastModifiedTime(
                target.resolve("ada/deep"), Files.getLastModifiedTime(hosts.sourceHomes.resolve("ada/deep")));
    }

    private static void sh(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private static Receipt verify() throws InterruptedException {
        return hosts.verification().verify(hosts.route, run).receipt();
    }
}
