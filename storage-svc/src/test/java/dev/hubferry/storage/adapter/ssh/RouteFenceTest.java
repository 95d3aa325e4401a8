package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.storage.domain.FakeRun;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.RouteKeeper.HomesAfterwards;
import dev.hubferry.storage.domain.Superseded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is late changes nothing on a route that was closed, or that another run has taken over. */
class RouteFenceTest {
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
    void neverBringsBackWhatWasClosedWhileItWasBeingOpened() throws Exception {
        // A run sleeps at its n-th look at the lease; the route is closed meanwhile; then it goes on with what it was
        // about to do. At its first look it has not begun: there is nothing to be closed.
        boolean complete = false;
        for (int steps = 2; !complete; steps++) {
            // Given
            FakeRun run = FakeRun.of(hosts.route.migration(), "open-route/do/" + steps);
            AtomicBoolean closed = new AtomicBoolean();
            SleepyRun sleepy = new SleepyRun(run, steps, () -> {
                closed.set(true);
                hosts.keeper().close(hosts.route, run.then("close-route/undo/1"), HomesAfterwards.STAY_MARKED);
            });
            // When
            try {
                hosts.keeper().open(hosts.route, sleepy);
            } catch (Refusal | Superseded e) {
                assertThat(closed).as(e.toString()).isTrue();
            }
            // Then
            complete = !closed.get();
            if (!complete) {
                assertThat(hosts.source.authorizedKeys()).as("step " + steps).hasBinaryContent(keys);
                assertNothingLeft();
            }
        }
    }

    @Test
    void addsNoLineForWhatIsGone() throws Exception {
        // Given
        String expected =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(keys));
        String file = hosts.source.authorizedKeys().toString();
        RemoteShell source = hosts.hosts.shell("old");
        // When
        HostCommand write = HostCommand.script("keys-write", file, expected, "2", "m", directory + "/gone/serve");
        // Then
        assertThat(source.run(write, new byte[] {'x', '\n'}).exit()).isEqualTo(69);
        assertThat(hosts.source.authorizedKeys()).hasBinaryContent(keys);
    }

    @Test
    void readsNoTreeIntoARouteThatIsClosed() throws Exception {
        // Given
        hosts.keeper().open(hosts.route, hosts.run);
        close();
        // When, Then
        assertThatThrownBy(() -> hosts.verification().verify(hosts.route, hosts.run.then("verify/do/1")))
                .isInstanceOf(Refusal.class);
        assertNothingLeft();
    }

    @Test
    void refusesAnExecutorThatWasReplacedOnTheHost() throws Exception {
        // Given
        FakeRun stale = hosts.run;
        hosts.keeper().open(hosts.route, stale.takenOver());
        // When, Then
        assertThatThrownBy(() -> hosts.keeper().open(hosts.route, stale)).isInstanceOf(Superseded.class);
    }

    @Test
    void refusesAnExecutorOfAnEarlierCommandOnTheHost() throws Exception {
        // Given
        hosts.keeper().open(hosts.route, hosts.run);
        RunDirectory later =
                new RunDirectory(hosts.hosts.shell("new"), runDirectory().toString(), hosts.run.then("later"));
        later.put("x", "1");
        // When, Then
        assertThatThrownBy(() -> hosts.keeper().open(hosts.route, hosts.run.takenOver()))
                .isInstanceOf(Superseded.class);
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
}
