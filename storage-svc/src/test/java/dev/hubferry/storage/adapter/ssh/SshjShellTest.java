package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.adapter.ssh.HostCommand.Account;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.SshKeyPair;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshjShellTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private TwoHosts hosts;
    private RemoteShell shell;

    @BeforeEach
    void start() throws IOException {
        hosts = new TwoHosts(directory);
        shell = hosts.hosts.shell("new");
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void passesArgumentsAndInputAsTheyAre() throws Exception {
        // Given
        byte[] input = new byte[3 << 20];
        new Random(1).nextBytes(input);
        List<String> argv =
                List.of("sh", "-c", "printf '%s|' \"$@\"; sha256sum", "x", "a 'b\" $(id)\n*\\", "-n", "\u00fc");
        // When
        HostResult result = shell.run(command(argv, LONG), input);
        // Then
        assertThat(new String(result.output(), StandardCharsets.UTF_8)).startsWith("a 'b\" $(id)\n*\\|-n|\u00fc|");
        assertThat(result.exit()).isZero();
    }

    @Test
    void tellsExitCodeAndErrors() throws Exception {
        // When
        HostResult result = shell.run(command(List.of("sh", "-c", "echo out; echo bad >&2; exit 7"), LONG));
        // Then
        assertThat(result.exit()).isEqualTo(7);
        assertThat(result.text()).isEqualTo("out\n");
        assertThat(result.errors()).isEqualTo("bad\n");
    }

    @Test
    void connectsAnewAfterALostConnection() throws Exception {
        // Given
        var unused = shell.run(command(List.of("true"), LONG));
        hosts.target.cutConnections();
        // When, Then
        assertThat(shell.run(command(List.of("true"), LONG)).exit()).isZero();
    }

    @Test
    void neverTakesALostConnectionForAnEnd() throws Exception {
        // Given
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                shell.run(command(List.of("sh", "-c", "echo part; exec sleep 50"), LONG));
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        Await.until("the connection", LONG, () -> hosts.target.connections() > 0);
        // When
        Await.until("the command to end", LONG, () -> {
            hosts.target.cutConnections();
            return !waiting.isAlive();
        });
        // Then
        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SSH_UNREACHABLE));
    }

    @Test
    void givesUpACommandAtItsDeadline() {
        assertThatThrownBy(() -> shell.run(command(List.of("sleep", "50"), Duration.ofMillis(500))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("took longer");
    }

    @Test
    void leavesOthersAloneWhenACommandIsLate() throws Exception {
        // Given
        CompletableFuture<HostResult> other = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                other.complete(shell.run(command(List.of("sh", "-c", "sleep 3; echo done"), LONG)));
            } catch (Throwable e) {
                other.completeExceptionally(e);
            }
        });
        Await.until("the connection", LONG, () -> hosts.target.connections() > 0);
        // When: it goes on at the host, and says something after it was given up
        List<String> late = List.of("sh", "-c", "sleep 1; echo late; exec sleep 50");
        assertThatThrownBy(() -> shell.run(command(late, Duration.ofMillis(500))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("took longer");
        // Then
        assertThat(shell.run(command(List.of("true"), LONG)).exit()).isZero();
        assertThat(other).succeedsWithin(LONG).extracting(HostResult::text).isEqualTo("done\n");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void saysThatAHostIsBusyWhenTheTurnOfACommandDoesNotCome() throws Exception {
        // Given
        try (SshjShell busy = new SshjShell(hosts.server("new", hosts.target), Duration.ofMillis(200))) {
            List<RemoteProcess> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                running.add(busy.start(command(List.of("sleep", "50"), LONG)));
            }
            // When, Then
            assertThatThrownBy(() -> busy.run(command(List.of("true"), LONG)))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> {
                        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SSH_UNREACHABLE);
                        assertThat(refusal.rejected().detail()).contains("true on new", "6 other commands");
                    });
            running.forEach(RemoteProcess::close);
            assertThat(busy.run(command(List.of("true"), LONG)).exit()).isZero();
        }
    }

    @Test
    void noticesADeadLinkLongBeforeTheCommandsDeadline() throws Exception {
        // Given
        try (SilentLink link = new SilentLink(new InetSocketAddress(hosts.target.address(), hosts.target.port()));
                SshjShell distant = new SshjShell(through(link))) {
            var unused = distant.run(command(List.of("true"), LONG));
            link.goDead();
            long start = System.nanoTime();
            // When, Then
            assertThatThrownBy(() -> distant.run(command(List.of("true"), Duration.ofMinutes(5))))
                    .isInstanceOf(Refusal.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(2));
            link.comeBack();
            assertThat(distant.run(command(List.of("true"), LONG)).exit()).isZero();
        }
    }

    @Test
    void refusesAnAccountThatTheHostRefuses() throws Exception {
        // Given
        SshKeyPair other = SshKeyPair.generate(directory.resolve("other-key"), "other");
        StorageServer stranger = withKey(other.privateKey());
        // When, Then
        try (SshjShell refused = new SshjShell(stranger)) {
            assertThatThrownBy(() -> refused.run(command(List.of("true"), LONG)))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SSH_AUTH_FAILED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3B\n", "no key at all", ""})
    void namesAPrivateKeyThatCannotBeRead(String content) throws Exception {
        // Given
        Path file = directory.resolve("broken-key");
        if (!content.equals("missing")) {
            Files.writeString(file, content);
        }
        // When, Then
        try (SshjShell broken = new SshjShell(withKey(file))) {
            assertThatThrownBy(() -> broken.run(command(List.of("true"), LONG)))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> {
                        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.SSH_AUTH_FAILED);
                        assertThat(refusal.rejected().detail()).contains("private key of new", file.toString());
                    });
        }
    }

    private StorageServer withKey(Path file) throws IOException {
        StorageServer known = hosts.server("new", hosts.target);
        return new StorageServer(
                known.name(),
                known.host(),
                known.port(),
                known.user(),
                file,
                known.knownHostsFile(),
                known.sudo(),
                known.peerAddress(),
                known.peerPort(),
                known.bindAddress(),
                known.authorizedKeysFile());
    }

    private StorageServer through(SilentLink link) throws IOException {
        StorageServer known = hosts.server("new", hosts.target);
        Path pinned = Files.writeString(
                directory.resolve("known_hosts_link"),
                Files.readString(known.knownHostsFile())
                        .replace("[127.0.0.3]:" + known.port(), "[127.0.0.1]:" + link.port()));
        return new StorageServer(
                known.name(),
                "127.0.0.1",
                link.port(),
                known.user(),
                known.privateKeyFile(),
                pinned,
                known.sudo(),
                known.peerAddress(),
                known.peerPort(),
                known.bindAddress(),
                known.authorizedKeysFile());
    }

    private static HostCommand command(List<String> argv, Duration deadline) {
        return new HostCommand(argv.getFirst(), Account.LOGIN, argv, deadline);
    }
}
