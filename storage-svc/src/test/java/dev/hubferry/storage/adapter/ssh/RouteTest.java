package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.domain.FakeRun;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.RouteKeeper.HomesAfterwards;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    @TempDir
    Path directory;

    private TwoHosts hosts;
    private byte[] keys;

    @BeforeEach
    void start() throws IOException {
        hosts = new TwoHosts(directory);
        SmallTree.make(hosts.sourceHomes, 1);
        keys = Files.readAllBytes(hosts.source.authorizedKeys());
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void allowsTheKeyOneThingOnly() throws Exception {
        // Given
        String fingerprint = hosts.keeper().open(hosts.route, hosts.run);
        // When, Then
        assertThat(fingerprint).startsWith("SHA256:");
        assertThat(Files.readString(hosts.source.authorizedKeys()))
                .contains("restrict,from=\"127.0.0.3\",command=\"exec sh '")
                .endsWith(" hubferry:" + hosts.route.migration() + "\n");
        assertThat(asTheKey("hubferry-ping")).isEqualTo(0);
        for (String asked : List.of(
                "id",
                "sh -i",
                "rsync --server -logDtpre.iLsfxCIvu . ./",
                "rsync --server --sender -logDtpre.iLsfxCIvu . /etc/",
                "rsync --server --sender -logDtpre.iLsfxCIvu . ./ /etc/",
                "rsync --server --sender -logDtpre.iLsfxCIvu . ./../../",
                "rsync --server --sender -logDtpre.iLsfxCIvu . ./;id",
                "rsync --server --sender -logDtpLre.iLsfxCIvu . ./",
                "rsync --server --sender -logDtpre.iLsfxCIvu --remove-source-files . ./",
                "rsync --server --sender -logDtpre.iLsfxCIvu --log-file=/tmp/x . ./",
                "rsync --server --sender -logDtpre.iLsfxCIvu --files-from=/etc/passwd . ./",
                "rsync --server --sender -slogDtpre.iLsfxCIvu",
                "rsync --server --sender -logDtpre.iLsfxCIvu . $(id)",
                "rsync --server --sender -logDtpre.iLsfxCIvu . *",
                "rsync --server --sender -logDtpre.iLsfxCIvu --rsync-path=id . ./",
                "rsync --server --daemon --config=/etc/rsyncd.conf .",
                "rsync --server --daemon . ",
                "rsync --server --daemon .;id",
                "hubferry-ping; id",
                "hubferry-tar",
                "hubferry-tar ",
                "hubferry-tar 0",
                "hubferry-tar x listed homes 01234567",
                "hubferry-tar 0 all homes 01234567",
                "hubferry-tar 0 listed /etc 01234567",
                "hubferry-tar 0 listed homes ../../x",
                "hubferry-tar 0 listed homes 01234567 --to-command=id",
                "hubferry-tar 0 listed homes 01234567;id",
                "hubferry-tar 0 listed homes 0",
                "hubferry-tar 5 listed homes 01234567",
                "")) {
            assertThat(asTheKey(asked)).as(asked).isEqualTo(126);
        }
    }

    @Test
    void readsNothingOutsideTheHomesWhateverIsAskedFor() throws Exception {
        // Given
        hosts.keeper().open(hosts.route, hosts.run);
        Files.createSymbolicLink(hosts.sourceHomes.resolve("ada/etc"), Path.of("/etc"));
        Files.writeString(hosts.sourceHomes.resolveSibling("outside"), "secret");
        Path loot = Files.createDirectory(directory.resolve("loot"));
        for (String asked : List.of("../outside", "./ada/etc/passwd", "/etc/passwd", "ada/../../outside")) {
            Path list = Files.writeString(directory.resolve("list"), asked + "\0");
            // When
            int exit = rsync("-L", "--from0", "--files-from=" + list, "hubferry-source::homes/", loot + "/");
            // Then
            assertThat(exit).as(asked).isNotZero();
        }
        try (var found = Files.walk(loot)) {
            assertThat(found.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(rsync("hubferry-source::homes/ada/notes.txt", loot + "/")).isZero();
        assertThat(rsync("hubferry-source::etc/", loot + "/")).isNotZero();
        assertThat(rsync(loot + "/notes.txt", "hubferry-source::homes/written")).isNotZero();
        assertThat(rsync("--remove-source-files", "hubferry-source::homes/ada/notes.txt", loot + "/"))
                .isNotZero();
        assertThat(hosts.sourceHomes.resolve("written")).doesNotExist();
        assertThat(hosts.sourceHomes.resolve("ada/notes.txt")).exists();
    }

    @Test
    void readsNothingOutsideTheHomesByTarEither() throws Exception {
        // Given
        hosts.keeper().open(hosts.route, hosts.run);
        Files.createSymbolicLink(hosts.sourceHomes.resolve("ada/etc"), Path.of("/etc"));
        Files.createSymbolicLink(hosts.sourceHomes.resolve("etc"), Path.of("/etc"));
        // When, Then: they have these names, and nothing that is behind them
        assertThat(tar("recursive", "./ada/etc/passwd", "./etc/passwd"))
                .containsExactly("./ada/", "./ada/etc", "./etc");
        assertThat(tar("recursive", "./ada/etc", "./etc")).containsExactly("./ada/", "./ada/etc", "./etc");
        assertThat(tar("listed", "./ada/etc/ssl/certs", "./ada/notes.txt"))
                .containsExactlyInAnyOrder("./ada/", "./ada/etc", "./ada/notes.txt");
        for (String asked :
                List.of("/etc/passwd", "../outside", "./ada/../../outside", "./..", ".", "ada", "", "./ada/")) {
            assertThat(tar("listed", asked)).as(asked).isEmpty();
        }
    }

    /** The names in a tar of these paths, but for the mark at its end; empty when they were refused. */
    private List<String> tar(String form, String... paths) throws Exception {
        byte[] list = RunDirectory.nulSeparated(List.of(paths), "");
        Path input = Files.write(directory.resolve("wanted"), list);
        Path output = directory.resolve("names");
        String ask =
                "/usr/bin/ssh -b 127.0.0.3 -F ssh_config hubferry-source 'hubferry-tar %d %s homes 0123456789' <'%s' >'%s.tar' && "
                        + "tar -t -f '%s.tar' >'%s'";
        int exit = run(runDirectory(), "sh", "-c", ask.formatted(list.length, form, input, output, output, output));
        if (exit != 0) {
            assertThat(Files.size(Path.of(output + ".tar"))).isZero();
            return List.of();
        }
        List<String> names = Files.readAllLines(output);
        assertThat(names.getLast()).isEqualTo("0123456789");
        return names.subList(0, names.size() - 1);
    }

    private int rsync(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("rsync", "-e", "/usr/bin/ssh -F ssh_config -b 127.0.0.3"));
        command.addAll(List.of(arguments));
        return run(runDirectory(), command.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo open", "--sender"})
    void takesALostConnectionForNoRefusal(String asked) throws Exception {
        // Given: connections that ask for what the key must not do are lost on their way
        String lost = "case \"$*\" in *'%s'*) echo 'Connection closed by remote host' >&2; exit 255 ;; esac";
        CopyFaultsTest.tool(
                hosts.target.home(), "ssh", lost.formatted(asked) + "; exec /usr/bin/ssh -b 127.0.0.3 \"$@\"");
        // When, Then
        assertThatThrownBy(() -> hosts.keeper().open(hosts.route, hosts.run))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SSH_UNREACHABLE);
                    assertThat(refusal.rejected().detail()).contains("nobody has refused", "Connection closed");
                });
        assertProbesGone();
    }

    @Test
    void leavesNoProbeBehindWhenTheHomesCannotBeListed() throws Exception {
        // Given: the list fails at once, while the other probes hang
        CopyFaultsTest.tool(hosts.target.home(), "ssh", """
                case "$*" in
                    *-fN* | *ping*) exec /usr/bin/ssh -b 127.0.0.3 "$@" ;;
                    *--daemon*) exit 255 ;;
                    *) exec sleep 6666 ;;
                esac
                """);
        // When, Then
        assertThatThrownBy(() -> hosts.keeper().open(hosts.route, hosts.run)).isInstanceOf(Refusal.class);
        assertProbesGone();
        Await.until("the probes to end", Duration.ofSeconds(20), () -> {
            try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
                return all.noneMatch(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("sleep 6666"))
                        .isPresent());
            }
        });
    }

    private void assertProbesGone() throws IOException {
        try (Stream<Path> left = Files.list(runDirectory())) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("probe"));
        }
    }

    @Test
    void isRefusedFromAnotherAddress() throws Exception {
        // Given
        hosts.keeper().open(hosts.route, hosts.run);
        Path config = runDirectory().resolve("ssh_config");
        Files.writeString(config, Files.readString(config).replace("BindAddress 127.0.0.3", "BindAddress 127.0.0.9"));
        // When, Then
        assertThat(run(runDirectory(), "/usr/bin/ssh", "-F", "ssh_config", "hubferry-source", "hubferry-ping"))
                .isEqualTo(255);
    }

    @Test
    void closesWhatWasOpenedAndLeavesTheBytesAsTheyWere() throws Exception {
        // Given
        Files.write(
                hosts.source.authorizedKeys(),
                new String(keys, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(hosts.source.authorizedKeys(), PosixFilePermissions.fromString("rw-r-----"));
        byte[] before = Files.readAllBytes(hosts.source.authorizedKeys());
        hosts.keeper().open(hosts.route, hosts.run);
        // When
        boolean happened = close();
        // Then
        assertThat(happened).isTrue();
        assertThat(hosts.source.authorizedKeys()).hasBinaryContent(before);
        assertThat(Files.getPosixFilePermissions(hosts.source.authorizedKeys()))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertNothingLeft();
        assertThat(hosts.run.journal()).isEmpty();
        assertThat(close()).isFalse();
    }

    @Test
    void opensAgainWhatIsOpen() throws Exception {
        // Given
        String first = hosts.keeper().open(hosts.route, hosts.run);
        // When
        String second = hosts.keeper().open(hosts.route, hosts.run.takenOver());
        // Then
        assertThat(second).isEqualTo(first);
        assertThat(Files.readString(hosts.source.authorizedKeys()).split("hubferry:", -1))
                .hasSize(2);
    }

    @Test
    void closesARouteThatWasOpenedInPartAtEveryStep() throws Exception {
        // A run loses its lease before its n-th look at it: whatever was done until then has to go.
        boolean complete = false;
        for (int steps = 0; !complete; steps++) {
            // Given
            FakeRun run = FakeRun.of(hosts.route.migration(), "open-route/do/" + steps);
            FaultyRun faulty = new FaultyRun(run, steps);
            try {
                hosts.keeper().open(hosts.route, faulty);
                complete = true;
            } catch (FakeRun.LeaseLost e) {
                // As meant.
            }
            // When
            hosts.keeper().close(hosts.route, run.then("close-route/undo/1"), HomesAfterwards.STAY_MARKED);
            // Then
            assertThat(hosts.source.authorizedKeys()).hasBinaryContent(keys);
            assertNothingLeft();
        }
    }

    @Test
    void makesAndRemovesTheFileOfKeysWhenThereIsNone() throws Exception {
        // Given
        StorageServer old = hosts.server("old", hosts.source);
        StorageServer elsewhere = new StorageServer(
                "old",
                old.host(),
                old.port(),
                old.user(),
                old.privateKeyFile(),
                old.knownHostsFile(),
                old.sudo(),
                old.peerAddress(),
                old.peerPort(),
                old.bindAddress(),
                "other/keys");
        Path file = hosts.source.home().resolve("other/keys");
        try (SshHosts others =
                new SshHosts(Map.of("old", elsewhere, "new", hosts.server("new", hosts.target)), TwoHosts.LONG_JOBS)) {
            SourceKeys source = new SourceKeys(others);
            // When
            source.allow(hosts.route, hosts.run, "ssh-ed25519 AAAA", () -> {});
            // Then
            assertThat(file).content().startsWith("restrict,").contains("made-directory,made-file");
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            source.withdraw(hosts.route, hosts.run);
            assertThat(file.getParent()).doesNotExist();
        }
    }

    @Test
    void refusesAHostWithAnotherKeyByName() throws Exception {
        // Given
        hosts.target.rotateHostKey();
        // When, Then
        assertThatThrownBy(() -> hosts.keeper().open(hosts.route, hosts.run))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.HOST_KEY_CHANGED);
                    assertThat(refusal.rejected().detail())
                            .containsPattern("shows the host key SHA256:\\S+, but pinned is SHA256:\\S+");
                });
        assertThat(hosts.source.authorizedKeys()).hasBinaryContent(keys);
    }

    @Test
    void closesTheTargetEvenWhenTheSourceIsAway() throws Exception {
        // Given
        hosts.keeper().open(hosts.route, hosts.run);
        hosts.source.cutConnections();
        hosts.source.stop();
        // When
        assertThatThrownBy(this::close)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SSH_UNREACHABLE));
        // Then
        assertThat(runDirectory()).doesNotExist();
        hosts.source.resume();
        assertThat(close()).isTrue();
        assertThat(hosts.source.authorizedKeys()).hasBinaryContent(keys);
        assertNothingLeft();
    }

    private boolean close() throws InterruptedException {
        return hosts.keeper().close(hosts.route, hosts.run.then("close-route/undo/1"), HomesAfterwards.STAY_MARKED);
    }

    private void assertNothingLeft() {
        assertThat(hosts.source.home().resolve(".hubferry")).doesNotExist();
        assertThat(hosts.targetHomes.resolveSibling(".hubferry")).doesNotExist();
    }

    private Path runDirectory() {
        return hosts.targetHomes
                .resolveSibling(".hubferry")
                .resolve(hosts.route.migration().value());
    }

    private int asTheKey(String asked) throws Exception {
        return run(
                runDirectory(),
                "/usr/bin/ssh",
                "-F",
                "ssh_config",
                "-b",
                "127.0.0.3",
                "hubferry-source",
                asked.isEmpty() ? "--" : asked);
    }

    private static int run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var unused = process.getInputStream().readAllBytes();
        return process.waitFor();
    }
}
