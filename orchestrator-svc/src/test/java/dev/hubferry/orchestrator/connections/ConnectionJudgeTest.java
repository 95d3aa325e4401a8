package dev.hubferry.orchestrator.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ConnectionKind;
import dev.hubferry.contracts.ConnectionReport;
import dev.hubferry.contracts.ConnectionReport.Connection;
import dev.hubferry.contracts.ConnectionReport.Standing;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Participant;
import dev.hubferry.orchestrator.connections.Overview.Line;
import dev.hubferry.orchestrator.connections.Overview.Mismatch;
import dev.hubferry.orchestrator.connections.Overview.State;
import dev.hubferry.orchestrator.connections.Overview.Word;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionJudgeTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    /** The participants' clocks are far off. */
    private static final Instant THEIRS = Instant.parse("2031-01-01T00:00:00Z");

    private Instant now = START;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final ConnectionBoard board = new ConnectionBoard(clock);
    private final ConnectionJudge judge = new ConnectionJudge(Map.of(
            ConnectionKind.CLUSTER, Set.of("old"),
            ConnectionKind.STORAGE, Set.of("nfs-old"),
            ConnectionKind.ZONE, Set.of("example")));
    private long number;

    private Overview overview() {
        return judge.overview(board.heard(), now);
    }

    private Line line(String name) {
        return overview().lines().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Word word(String name, Participant service) {
        return line(name).services().stream()
                .filter(word -> word.service() == service)
                .findFirst()
                .orElseThrow();
    }

    private void say(Participant service, String replica, Connection... connections) {
        board.hear(report(service, replica, ++number, connections));
    }

    private ConnectionReport report(Participant service, String replica, long nth, Connection... connections) {
        return new ConnectionReport(
                service, replica, nth, THEIRS, Duration.ofSeconds(30), Duration.ofMinutes(1), List.of(connections));
    }

    private static Connection answers(ConnectionKind kind, String name) {
        return answers(kind, name, Duration.ZERO);
    }

    private static Connection answers(ConnectionKind kind, String name, Duration ago) {
        return new Connection(
                kind,
                name,
                Standing.ANSWERS,
                Optional.of(THEIRS.minusSeconds(7_200)),
                Optional.of(THEIRS.minus(ago)),
                Optional.empty(),
                Optional.empty(),
                Map.of("kubernetes", "v1.34.1"));
    }

    private static Connection fails(ConnectionKind kind, String name) {
        return new Connection(
                kind,
                name,
                Standing.FAILS,
                Optional.of(THEIRS.minusSeconds(60)),
                Optional.of(THEIRS),
                Optional.of(ErrorCode.CLUSTER_UNREACHABLE),
                Optional.of("it does not answer"),
                Map.of());
    }

    @Test
    void knowsNothingBeforeAnybodyHasSpoken() {
        assertThat(overview().lines()).extracting(Line::state).containsOnly(State.UNKNOWN);
        assertThat(word("nfs-old", Participant.STORAGE).cause()).contains("storage-svc was not heard yet");
        assertThat(overview().mismatches()).isEmpty();
    }

    @Test
    void answersWhenEveryServiceThatUsesItSaysSo() {
        // When
        say(Participant.K8S, "k1", answers(ConnectionKind.CLUSTER, "old"));
        // Then
        assertThat(line("old").state()).isEqualTo(State.UNKNOWN);
        assertThat(word("old", Participant.K8S).state()).isEqualTo(State.ANSWERS);
        assertThat(word("old", Participant.K8S).facts()).containsEntry("kubernetes", "v1.34.1");
        assertThat(word("old", Participant.DB).cause()).contains("db-transfer-svc was not heard yet");
        // When
        say(Participant.DB, "d1", answers(ConnectionKind.CLUSTER, "old"));
        // Then
        assertThat(line("old").state()).isEqualTo(State.ANSWERS);
        // When
        say(Participant.DB, "d1", fails(ConnectionKind.CLUSTER, "old"));
        // Then
        assertThat(line("old").state()).isEqualTo(State.FAILS);
        assertThat(word("old", Participant.DB).code()).contains(ErrorCode.CLUSTER_UNREACHABLE);
        assertThat(word("old", Participant.DB).cause()).contains("it does not answer");
    }

    @Test
    void hearsNoOldReportAfterANewOne() {
        // Given
        board.hear(report(Participant.STORAGE, "s1", 5, answers(ConnectionKind.STORAGE, "nfs-old")));
        // When
        board.hear(report(Participant.STORAGE, "s1", 4, fails(ConnectionKind.STORAGE, "nfs-old")));
        // Then
        assertThat(line("nfs-old").state()).isEqualTo(State.ANSWERS);
        // When a replica that has started anew begins to count anew
        board.hear(report(Participant.STORAGE, "s2", 1, fails(ConnectionKind.STORAGE, "nfs-old")));
        // Then
        assertThat(line("nfs-old").state()).isEqualTo(State.FAILS);
    }

    @Test
    void forgetsWhatASilentServiceSaid() {
        // Given
        say(Participant.STORAGE, "s1", answers(ConnectionKind.STORAGE, "nfs-old"));
        now = START.plusSeconds(90);
        assertThat(line("nfs-old").state()).isEqualTo(State.ANSWERS);
        // When
        now = START.plusSeconds(91);
        // Then
        assertThat(line("nfs-old").state()).isEqualTo(State.UNKNOWN);
        assertThat(word("nfs-old", Participant.STORAGE).cause())
                .contains("storage-svc is silent: it was heard last 91 s ago");
        assertThat(overview().mismatches()).as("who is silent lacks nothing").isEmpty();
        // When
        say(Participant.STORAGE, "s1", answers(ConnectionKind.STORAGE, "nfs-old"));
        // Then
        assertThat(line("nfs-old").state()).isEqualTo(State.ANSWERS);
    }

    @Test
    void doesNotBelieveAnAnswerThatIsOldAlthoughItsServiceIsAwake() {
        // Given three minutes are the limit
        say(Participant.STORAGE, "s1", answers(ConnectionKind.STORAGE, "nfs-old", Duration.ofSeconds(150)));
        now = START.plusSeconds(30);
        assertThat(line("nfs-old").state()).isEqualTo(State.ANSWERS);
        // When
        now = START.plusSeconds(31);
        // Then
        assertThat(line("nfs-old").state()).isEqualTo(State.UNKNOWN);
        assertThat(word("nfs-old", Participant.STORAGE).cause().orElseThrow()).contains("too long ago");
        assertThat(word("nfs-old", Participant.STORAGE).checkedAt()).contains(THEIRS.minusSeconds(150));
    }

    @Test
    void takesTheWorstOfTheReplicas() {
        // Given
        say(Participant.STORAGE, "s1", answers(ConnectionKind.STORAGE, "nfs-old"));
        say(Participant.STORAGE, "s2", Connection.unasked(ConnectionKind.STORAGE, "nfs-old"));
        // Then one that has just started says nothing against it
        assertThat(line("nfs-old").state()).isEqualTo(State.ANSWERS);
        assertThat(word("nfs-old", Participant.STORAGE).replicas()).isEqualTo(2);
        // When
        say(Participant.STORAGE, "s2", fails(ConnectionKind.STORAGE, "nfs-old"));
        // Then
        assertThat(line("nfs-old").state()).isEqualTo(State.FAILS);
        assertThat(word("nfs-old", Participant.STORAGE).replica()).contains("s2");
    }

    @Test
    void findsAReplicaThatLacksAConnection() {
        // Given
        say(Participant.STORAGE, "s1", answers(ConnectionKind.STORAGE, "nfs-old"));
        // When
        say(Participant.STORAGE, "s2");
        // Then
        assertThat(word("nfs-old", Participant.STORAGE).state()).isEqualTo(State.UNKNOWN);
        assertThat(word("nfs-old", Participant.STORAGE).code()).contains(ErrorCode.CONNECTION_UNKNOWN);
        assertThat(overview().mismatches()).singleElement().satisfies(mismatch -> {
            assertThat(mismatch.name()).isEqualTo("nfs-old");
            assertThat(mismatch.service()).isEqualTo(Participant.STORAGE);
            assertThat(mismatch.detail()).contains("1 of 2 replicas of storage-svc");
            assertThat(mismatch.remedy()).contains("hubferry.storage.connections.nfs-old");
        });
    }

    @Test
    void findsAStorageServerThatTheClustersVolumesAreNotKnownOf() {
        // Given
        say(Participant.STORAGE, "s1", answers(ConnectionKind.STORAGE, "nfs-old"));
        say(Participant.K8S, "k1", answers(ConnectionKind.CLUSTER, "old"));
        // Then it answers all the same
        assertThat(line("nfs-old").state()).isEqualTo(State.ANSWERS);
        assertThat(line("nfs-old").services()).hasSize(1);
        assertThat(overview().mismatches()).singleElement().satisfies(mismatch -> {
            assertThat(mismatch.service()).isEqualTo(Participant.K8S);
            assertThat(mismatch.remedy()).contains("hubferry.k8s.storages.nfs-old");
        });
        // When
        say(
                Participant.K8S,
                "k1",
                answers(ConnectionKind.CLUSTER, "old"),
                Connection.unasked(ConnectionKind.STORAGE, "nfs-old"));
        // Then
        assertThat(overview().mismatches()).isEmpty();
    }

    @Test
    void findsANameThatOnlyAServiceHas() {
        // When
        say(
                Participant.K8S,
                "k1",
                answers(ConnectionKind.CLUSTER, "old"),
                answers(ConnectionKind.CLUSTER, "newer"),
                answers(ConnectionKind.OTHER, "attic"),
                Connection.unasked(ConnectionKind.STORAGE, "nfs-old"));
        // Then
        assertThat(line("newer").usableInSpecs()).isFalse();
        assertThat(line("old").usableInSpecs()).isTrue();
        assertThat(overview().mismatches()).extracting(Mismatch::name).containsExactly("newer");
        assertThat(overview().mismatches().getFirst().detail())
                .contains("k8s-svc")
                .contains("hubferry.connections.clusters");
        assertThat(overview().lines()).extracting(Line::name).doesNotContain("attic");
    }
}
