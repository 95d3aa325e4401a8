package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.ConnectionReport.Connection;
import dev.hubferry.contracts.ConnectionReport.Standing;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.messaging.WatchedConnections.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionWatchTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private Instant now = START;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final FakeConnections connections = new FakeConnections();
    private final Signal changed = new Signal();
    private final ConnectionWatch watch = watch(Map.of("hubferry.connection-watch.time-limit", "PT0.2S"));

    private ConnectionWatch watch(Map<String, String> settings) {
        return new ConnectionWatch(connections, ConnectionWatchConfigTest.config(settings), clock, changed);
    }

    @AfterEach
    void stop() {
        watch.stop();
    }

    private Connection known() {
        return watch.known().getLast();
    }

    private void ask(Finding answer) throws InterruptedException {
        connections.answer(() -> answer);
        var unused = watch.ask("nfs-old");
    }

    @Test
    void namesEveryConnectionBeforeAnyWasAsked() {
        assertThat(watch.known()).extracting(Connection::name).containsExactly("nfs-new", "nfs-old");
        assertThat(watch.known()).extracting(Connection::standing).containsOnly(Standing.UNASKED);
    }

    @Test
    void namesWhatItHasNothingToAskOf() {
        // Given
        connections.nameToo(Map.of(ConnectionKind.CLUSTER, Set.of("old", "new")));
        // When, Then
        assertThat(watch.known()).extracting(Connection::name).containsExactly("nfs-new", "nfs-old", "new", "old");
        assertThat(watch.known().getLast()).isEqualTo(Connection.unasked(ConnectionKind.CLUSTER, "old"));
    }

    @Test
    void remembersSinceWhenAConnectionStandsAsItDoes() throws InterruptedException {
        // Given
        ask(new Finding.Answers(Map.of("address", "10.0.0.1:22")));
        now = START.plusSeconds(60);
        // When
        ask(new Finding.Answers(Map.of("address", "10.0.0.1:22")));
        // Then
        assertThat(known().standing()).isEqualTo(Standing.ANSWERS);
        assertThat(known().since()).contains(START);
        assertThat(known().checkedAt()).contains(START.plusSeconds(60));
        // When
        now = START.plusSeconds(120);
        ask(new Finding.Fails(ErrorCode.SSH_UNREACHABLE, "nfs-old cannot be reached"));
        // Then
        assertThat(known().standing()).isEqualTo(Standing.FAILS);
        assertThat(known().since()).contains(START.plusSeconds(120));
        assertThat(known().code()).contains(ErrorCode.SSH_UNREACHABLE);
        assertThat(known().cause()).contains("nfs-old cannot be reached");
        assertThat(known().facts()).as("what it was").containsEntry("address", "10.0.0.1:22");
        // When
        ask(new Finding.Answers(Map.of()));
        // Then
        assertThat(known().code()).isEmpty();
        assertThat(known().cause()).isEmpty();
    }

    @Test
    void leavesThingsAsTheyWereWhenItIsNotAskedAfterAll() throws InterruptedException {
        // Given
        ask(new Finding.Postponed("the calls are kept for migrations"));
        assertThat(known().standing()).isEqualTo(Standing.UNASKED);
        assertThat(known().cause()).contains("the calls are kept for migrations");
        ask(new Finding.Answers(Map.of()));
        now = START.plusSeconds(60);
        // When
        ask(new Finding.Postponed("the calls are kept for migrations"));
        // Then
        assertThat(known().standing()).isEqualTo(Standing.ANSWERS);
        assertThat(known().checkedAt()).contains(START);
    }

    @Test
    void takesNoAnswerForAFailure() throws InterruptedException {
        // Given
        connections.answer(() -> {
            Thread.sleep(Duration.ofMinutes(10));
            return new Finding.Answers(Map.of());
        });
        // When
        assertThat(watch.ask("nfs-old")).isTrue();
        // Then
        assertThat(known().standing()).isEqualTo(Standing.FAILS);
        assertThat(known().code()).contains(ErrorCode.SSH_UNREACHABLE);
        assertThat(known().cause().orElseThrow()).contains("PT0.2S");
    }

    @Test
    void neverAsksAConnectionTwiceAtATime() {
        // Given a question that does not end when it is interrupted
        CountDownLatch end = new CountDownLatch(1);
        connections.answer(() -> {
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    // It goes on.
                }
            }
            return new Finding.Answers(Map.of());
        });
        ConnectionWatch eager = watch(Map.of(
                "hubferry.connection-watch.every", "PT0.01S", "hubferry.connection-watch.time-limit", "PT0.05S"));
        // When
        eager.start();
        try {
            Kit.until("the failure", () -> eager.known().getLast().standing() == Standing.FAILS);
            int before = connections.askedOther();
            Kit.until("time for more questions", () -> connections.askedOther() > before + 20);
            // Then
            assertThat(connections.asked()).isOne();
            // When it ends at last
            end.countDown();
            // Then it is asked again, one question after the other
            Kit.until("more questions", () -> connections.asked() > 3);
            assertThat(connections.mostAtATime()).isOne();
        } finally {
            end.countDown();
            eager.stop();
        }
    }

    @Test
    void keepsSecretsOutOfWhatItTells() throws InterruptedException {
        // Given
        ask(new Finding.Fails(
                ErrorCode.SSH_UNREACHABLE, "no way to https://ferry:pl4nt3d@host/: token=pl4nt3d,\n Bearer pl4nt3d"));
        assertThat(known().cause().orElseThrow()).doesNotContain("pl4nt3d").contains("https://***@host/");
        // When
        connections.answer(() -> {
            throw new IllegalStateException("wrote pl4nt3d into its message");
        });
        var unused = watch.ask("nfs-old");
        // Then
        assertThat(known().code()).contains(ErrorCode.UNEXPECTED);
        assertThat(watch.known().toString()).doesNotContain("pl4nt3d");
    }
}
