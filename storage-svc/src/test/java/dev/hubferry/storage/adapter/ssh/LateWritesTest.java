package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.OnLateWrites;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.RepeatedPass;
import dev.hubferry.contracts.StorageReply.HomesSynced;
import dev.hubferry.storage.domain.CommandRun;
import dev.hubferry.storage.domain.ConfirmQuiet;
import dev.hubferry.storage.domain.FakeRun;
import dev.hubferry.storage.domain.FakeRun.LeaseLost;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.SyncFinal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that nobody thought of goes on writing on the source when it is frozen. Pass 1 is a seed pass here. */
class LateWritesTest {
    @TempDir
    Path directory;

    private TwoHosts hosts;
    private FakeRun sync;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void seed() throws Exception {
        hosts = new TwoHosts(directory);
        SmallTree.make(hosts.sourceHomes, 1);
        Files.delete(hosts.sourceHomes.resolve(".projid"));
        hosts.keeper().open(hosts.route, hosts.run);
        // Else the final pass would look into what the process is about to remove.
        CopyFaultsTest.awaitQuiet(hosts.sourceHomes);
        hosts.copier()
                .run(
                        hosts.route,
                        new PassOrder(PassReport.Kind.SEED, ExistingHomes.REFUSE),
                        hosts.run.then("seed-homes/do/1"));
        sync = hosts.run.then("sync-final/do/1");
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
        hosts.close();
    }

    @Test
    void areNamedAndTakeTheMigrationBackWhenTheSpecDoesNotSayOtherwise() throws Exception {
        // Given
        writeWhileTheFinalPassCopies();
        // When
        HomesSynced synced = sync(OnLateWrites.TAKE_BACK);
        // Then
        assertThat(synced.repeats()).isEmpty();
        assertThat(passes()).isEqualTo(2);
        assertThatThrownBy(this::confirmQuiet).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SOURCE_CHANGED);
            assertThat(refusal.rejected().detail()).contains("'./ada/late'", "'./grace/notes.txt'");
        });
    }

    @Test
    void areCopiedByOneMorePassWhenTheSpecSaysSo() throws Exception {
        // Given
        writeWhileTheFinalPassCopies();
        // When
        HomesSynced synced = sync(OnLateWrites.COPY_AGAIN);
        // Then: a new file and its directory, a changed one with its other names, and one that is gone with its
        // directory
        assertThat(synced.pass().number()).isEqualTo(2);
        assertThat(synced.repeats()).singleElement().satisfies(repeat -> {
            assertThat(repeat.paths())
                    .containsExactly(
                            "./-hedy",
                            "./-hedy/empty",
                            "./ada",
                            "./ada/late",
                            "./grace/deep/hard",
                            "./grace/hard",
                            "./grace/notes.txt");
            assertThat(repeat.written()).isEqualTo(7);
            assertThat(repeat.pass().number()).isEqualTo(3);
            assertThat(repeat.pass().kind()).isEqualTo(PassReport.Kind.FINAL);
            assertThat(repeat.pass().deleted()).isEqualTo(1);
        });
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
        hosts.verification().verify(hosts.route, hosts.run.then("verify-homes/do/1"));
        confirmQuiet();
    }

    @Test
    void afterTheLastPassTakeTheMigrationBackAllTheSame() throws Exception {
        // Given
        writeWhileTheFinalPassCopies();
        sync(OnLateWrites.COPY_AGAIN);
        // When
        process("echo later >>\"$1\"/ada/late").waitFor();
        // Then
        assertThatThrownBy(this::confirmQuiet)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.rejected().detail()).contains("'./ada/late'"));
    }

    @Test
    void thatDoNotEndAreGivenUp() throws Exception {
        // Given
        Process writer = process("while :; do echo more >>\"$1\"/ada/endless; sleep 0.02; done");
        // When, Then
        assertThatThrownBy(() -> sync(OnLateWrites.COPY_AGAIN)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SOURCE_CHANGED);
            assertThat(refusal.rejected().detail())
                    .contains("still being written to", "the last of 3 final passes", "'./ada/endless'");
        });
        assertThat(writer.isAlive()).isTrue();
        assertThat(passes()).isEqualTo(1 + 3);
    }

    /** Wherever a replica dies, whoever goes on makes no pass twice, and tells what every pass found. */
    @Test
    void areToldAndCopiedOnceThoughTheServiceIsKilledInBetween() throws Exception {
        // Given
        writeWhileTheFinalPassCopies();
        FakeRun run = sync;
        HomesSynced synced = null;
        List<Long> passesAtDeath = new ArrayList<>();
        // When each replica takes the command one step further than the one before it, and dies
        for (int steps = 1; synced == null; steps++) {
            try (SshHosts fresh = hosts.freshConnections()) {
                synced = sync(fresh, OnLateWrites.COPY_AGAIN, new FaultyRun(run, steps));
            } catch (LeaseLost e) {
                passesAtDeath.add(passes());
                run = run.takenOver();
            }
        }
        // Then
        assertThat(passesAtDeath).contains(1L, 2L, 3L);
        assertThat(passes()).isEqualTo(3);
        assertThat(synced.pass().number()).isEqualTo(2);
        assertThat(synced.repeats())
                .extracting(repeat -> repeat.pass().number())
                .containsExactly(3);
        assertThat(synced.repeats())
                .extracting(RepeatedPass::paths)
                .singleElement()
                .satisfies(paths -> assertThat(paths).contains("./ada/late"));
        SharedTools.assertEqualTrees(hosts.sourceHomes, hosts.targetHomes);
    }

    /** Writes, changes and removes once the final pass has read the source; the pass does not end before that. */
    private void writeWhileTheFinalPassCopies() throws IOException {
        Path written = directory.resolve("written");
        Files.writeString(hosts.sourceHomes.resolve("ada/in time"), "in time");
        CopyFaultsTest.tool(
                hosts.target.home(),
                "rsync",
                "while [ ! -e '%s' ]; do sleep 0.05; done; exec /usr/bin/rsync \"$@\"".formatted(written));
        process("""
                while [ ! -e "$2/pass-2/prepared" ]; do sleep 0.05; done
                echo late >"$1/ada/late"
                echo changed >>"$1/grace/notes.txt"
                rm -- "$1/-hedy/empty"
                : >"$3"
                """, runDirectory().toString(), written.toString());
    }

    private Process process(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh", hosts.sourceHomes.toString()));
        command.addAll(List.of(arguments));
        Process started = new ProcessBuilder(command).inheritIO().start();
        processes.add(started);
        return started;
    }

    private HomesSynced sync(OnLateWrites onLateWrites) throws InterruptedException {
        return sync(hosts.hosts, onLateWrites, sync);
    }

    private HomesSynced sync(SshHosts connections, OnLateWrites onLateWrites, CommandRun run)
            throws InterruptedException {
        RsyncHomeCopier copier = new RsyncHomeCopier(connections, hosts.settings, Clock.systemUTC());
        return new SyncFinal(copier, new SshSourceWatch(connections)).sync(hosts.route, onLateWrites, run);
    }

    private void confirmQuiet() throws InterruptedException {
        new ConfirmQuiet(hosts.watch()).confirm(hosts.route, hosts.run.then("confirm-quiet/do/1"));
    }

    private long passes() throws IOException {
        try (Stream<Path> all = Files.list(runDirectory())) {
            return all.filter(path -> path.getFileName().toString().startsWith("pass-"))
                    .count();
        }
    }

    private Path runDirectory() {
        return Path.of(TargetPlaces.of(hosts.route).run());
    }
}
