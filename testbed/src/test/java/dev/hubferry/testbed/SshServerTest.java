package dev.hubferry.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshServerTest {
    @TempDir
    Path directory;

    private SshServer host;
    private SshKeyPair key;

    @BeforeEach
    void start() {
        host = SshServer.start(SshServer.Options.in(directory.resolve("host"), "127.0.0.2"));
        key = SshKeyPair.generate(directory.resolve("client/id"), "client");
        host.authorize(key);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void runsCommandsWithTheHostsOwnHome() throws Exception {
        // Given
        Files.writeString(knownHosts(), host.knownHostsLine());

        // Then
        assertThat(ssh("echo $HOME").out()).isEqualTo(host.home() + "\n");
    }

    @Test
    void refusesAKeyThatIsNotAuthorized() throws Exception {
        // Given
        Files.writeString(knownHosts(), host.knownHostsLine());
        Files.writeString(host.authorizedKeys(), "");

        // Then
        assertThat(ssh("true").out()).contains("Permission denied (publickey)");
    }

    @Test
    void isRefusedByAClientThatPinnedTheKeyBeforeARotation() throws Exception {
        // Given
        Files.writeString(knownHosts(), host.knownHostsLine());

        // When
        host.rotateHostKey();

        // Then
        assertThat(ssh("true").out()).contains("Host key verification failed");
        Files.writeString(knownHosts(), host.knownHostsLine());
        assertThat(ssh("true").code()).isZero();
    }

    @Test
    void cutsConnectionsAndServesNewOnes() throws Exception {
        // Given
        Files.writeString(knownHosts(), host.knownHostsLine());
        Process long1 = start("echo up; sleep 100");
        assertThat(long1.inputReader().readLine()).isEqualTo("up");
        assertThat(host.connections()).isEqualTo(1);

        // When
        host.cutConnections();

        // Then
        assertThat(long1.waitFor()).isEqualTo(255);
        assertThat(ssh("echo again").out()).isEqualTo("again\n");
    }

    @Test
    void listensOnTheSamePortAfterAStop() throws Exception {
        // Given
        Files.writeString(knownHosts(), host.knownHostsLine());

        // When
        host.stop();
        int whileDown = ssh("true").code();
        host.resume();

        // Then
        assertThat(whileDown).isEqualTo(255);
        assertThat(ssh("true").code()).isZero();
    }

    @Test
    void connectsFromItsOwnAddress() throws Exception {
        // Given
        try (SshServer other = SshServer.start(SshServer.Options.in(directory.resolve("other"), "127.0.0.3"))) {
            other.authorize(key);
            Files.writeString(knownHosts(), host.knownHostsLine() + "\n" + other.knownHostsLine());
            Files.writeString(host.authorizedKeys(), "from=\"127.0.0.3\" " + key.publicLine() + "\n");

            // When
            String hop = "ssh -i %s -o UserKnownHostsFile=%s -p %d %s@%s 'echo $SSH_CONNECTION'"
                    .formatted(key.privateKey(), knownHosts(), host.port(), host.user(), host.address());

            // Then
            assertThat(ssh("true").out()).contains("Permission denied");
            assertThat(ssh(other, hop).out()).startsWith("127.0.0.3 ");
        }
    }

    @Test
    void endsBackgroundProcessesWhenSwitchedOff() throws Exception {
        // Given
        Files.writeString(knownHosts(), host.knownHostsLine());
        String pid = ssh("setsid sleep 1000 >/dev/null 2>&1 </dev/null & echo $!")
                .out()
                .strip();
        assertThat(HostProcesses.running(host.home())).isNotEmpty();

        // When
        host.close();

        // Then
        Await.until(
                "the sleeper to end",
                Duration.ofSeconds(5),
                () -> ProcessHandle.of(Long.parseLong(pid)).isEmpty());
        assertThat(HostProcesses.running(host.home())).isEmpty();
    }

    private record Result(int code, String out) {}

    private Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    private Result ssh(String command) throws Exception {
        return ssh(host, command);
    }

    private Result ssh(SshServer server, String command) throws Exception {
        Process process = start(server, command);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out);
    }

    private Process start(String command) throws IOException {
        return start(host, command);
    }

    private Process start(SshServer server, String command) throws IOException {
        List<String> all = new ArrayList<>(
                List.of("ssh", "-F", "none", "-i", key.privateKey().toString()));
        all.addAll(List.of("-o", "UserKnownHostsFile=" + knownHosts(), "-o", "BatchMode=yes"));
        all.addAll(List.of("-p", Integer.toString(server.port()), server.user() + "@" + server.address(), command));
        return new ProcessBuilder(all).redirectErrorStream(true).start();
    }
}
