package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.adapter.ssh.HostCommand.Account;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.ServerChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshServerChecksTest {
    private static final HostCommand NOTHING =
            new HostCommand("nothing", Account.LOGIN, List.of("true"), Duration.ofSeconds(60));

    @TempDir
    Path directory;

    private TwoHosts hosts;
    private ServerChecks checks;

    @BeforeEach
    void start() throws IOException {
        hosts = new TwoHosts(directory);
        checks = new SshServerChecks(hosts.hosts);
    }

    @AfterEach
    void stop() {
        hosts.close();
    }

    @Test
    void findsThatAServerLetsTheServiceIn() throws Exception {
        // When, Then
        assertThat(checks.names()).containsExactlyInAnyOrder("old", "new");
        assertThat(checks.check("new"))
                .containsEntry("address", "127.0.0.3:" + hosts.target.port())
                .containsEntry("account", hosts.target.user());
        assertThat(logins()).isOne();
    }

    @Test
    void leavesNoConnectionBehind() throws Exception {
        // When
        var unused = checks.check("new");
        // Then
        dev.hubferry.testbed.Await.until(
                "the connection to end", Duration.ofSeconds(60), () -> hosts.target.connections() == 0);
    }

    @Test
    void takesNoLoginFromAServerThatIsAtWork() throws Exception {
        // Given
        assertThat(hosts.hosts.shell("new").run(NOTHING).exit()).isZero();
        // When
        var unused = checks.check("new");
        // Then
        assertThat(logins()).as("that of the command").isOne();
        // When the connection is lost
        hosts.target.cutConnections();
        dev.hubferry.testbed.Await.until(
                "the loss to be noticed", Duration.ofSeconds(60), () -> !hosts.hosts.isConnected("new"));
        var again = checks.check("new");
        // Then
        assertThat(logins()).isEqualTo(2);
    }

    @Test
    void saysThatNobodyListens() {
        // Given
        hosts.target.close();
        // When, Then
        refused("new", ErrorCode.SSH_UNREACHABLE, "new (127.0.0.3:");
    }

    @Test
    void saysThatTheHostKeyIsAnother() {
        // Given
        hosts.target.rotateHostKey();
        // When, Then
        refused("new", ErrorCode.HOST_KEY_CHANGED, "SHA256:");
    }

    @Test
    void saysThatTheAccountIsRefusedWithoutTheKey() throws Exception {
        // Given
        Files.writeString(hosts.target.authorizedKeys(), "");
        // When, Then
        refused("new", ErrorCode.SSH_AUTH_FAILED, "refuses account");
    }

    private void refused(String name, ErrorCode code, String words) {
        assertThatThrownBy(() -> checks.check(name)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.rejected().code()).isEqualTo(code);
            assertThat(refusal.rejected().detail()).contains(words).doesNotContain("PRIVATE KEY");
        });
    }

    private long logins() throws IOException {
        return Files.readAllLines(hosts.target.log()).stream()
                .filter(line -> line.contains("Accepted publickey"))
                .count();
    }
}
