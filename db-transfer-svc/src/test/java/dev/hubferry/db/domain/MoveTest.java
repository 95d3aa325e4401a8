package dev.hubferry.db.domain;

import static dev.hubferry.db.domain.FakeHubs.SOURCE;
import static dev.hubferry.db.domain.FakeHubs.TARGET;
import static dev.hubferry.db.domain.FakeHubs.examination;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hubferry.contracts.DbReply;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.db.MemoryTask;
import dev.hubferry.db.adapter.disk.PrivateWorkplace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of things in a move and its undo, wherever it is cut off. */
class MoveTest {
    private final FakeHubs hubs = new FakeHubs();
    private final MemoryTask task = MemoryTask.of("m1");

    @TempDir
    Path directory;

    private TransferDatabase transfer = unwired();
    private RestoreTargetDatabase restore = new RestoreTargetDatabase(hubs, hubs);

    private TransferDatabase unwired() {
        return new TransferDatabase(
                hubs,
                hubs,
                () -> {
                    throw new IllegalStateException("no workplace yet");
                },
                hubs);
    }

    @BeforeEach
    void wire() {
        transfer = new TransferDatabase(hubs, hubs, PrivateWorkplace.at(directory), hubs);
        restore = new RestoreTargetDatabase(hubs, hubs);
    }

    private DbReply.DatabaseTransferred move(MemoryTask run) throws InterruptedException {
        return transfer.transfer(SOURCE, TARGET, Set.of(), run);
    }

    private DbReply.TargetDatabaseRestored undo(MemoryTask run) throws InterruptedException {
        return restore.restore(SOURCE, TARGET, run);
    }

    private static Refusal refusal(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call);
    }

    @Test
    void placesTheHealedCopyAndKeepsTheTargetsOwn() throws Exception {
        // Given
        hubs.put(TARGET, "own", examination("ann"));

        // When
        DbReply.DatabaseTransferred moved = move(task);

        // Then
        assertThat(hubs.volume(TARGET))
                .containsOnly(
                        Map.entry("jupyterhub.sqlite", "source healed"), Map.entry("jupyterhub.sqlite.kept-m1", "own"));
        assertThat(hubs.volume(SOURCE)).containsOnly(Map.entry("jupyterhub.sqlite", "source"));
        assertThat(moved)
                .isEqualTo(new DbReply.DatabaseTransferred(
                        2, 13, "hash of source", "hash of source healed", FakeHubs.HEAD));
        assertThat(hubs.open).isEmpty();
    }

    @Test
    void convergesAfterLosingItsLeaseAnywhere() throws Exception {
        boolean lost = true;
        for (int call = 0; lost; call++) {
            // Given
            FakeHubs fresh = new FakeHubs();
            fresh.put(TARGET, "own", examination("ann"));
            TransferDatabase move = new TransferDatabase(fresh, fresh, PrivateWorkplace.at(directory), fresh);
            MemoryTask run = MemoryTask.of("m1");
            lost = loses(move, run.losingLeaseAt(call));
            assertThat(fresh.open).isEmpty();

            // When
            move.transfer(SOURCE, TARGET, Set.of(), run.next());

            // Then
            assertThat(fresh.volume(TARGET))
                    .as("lease lost at call %d", call)
                    .containsOnly(
                            Map.entry("jupyterhub.sqlite", "source healed"),
                            Map.entry("jupyterhub.sqlite.kept-m1", "own"));
        }
    }

    @Test
    void asksForNoMoreSpaceWhenTheCopyHasTakenIt() throws Exception {
        // Given
        move(task);
        hubs.freeBytes = 0;
        hubs.findings.put("source healed", examination("ann", "bob"));

        // When
        DbReply.DatabaseTransferred again = move(task.next());

        // Then
        assertThat(again.placedSha256()).isEqualTo("hash of source healed");
    }

    @Test
    void placesNothingOnAVolumeThatIsTooFull() {
        // Given
        hubs.freeBytes = 199;

        // When
        Refusal refusal = refusal(() -> move(task));

        // Then
        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.TARGET_FULL);
        assertThat(hubs.log).isEmpty();
    }

    @Test
    void isUndoneAfterLosingItsLeaseAnywhere() throws Exception {
        boolean lost = true;
        for (int call = 0; lost; call++) {
            // Given
            FakeHubs fresh = new FakeHubs();
            fresh.put(TARGET, "own", examination("ann"));
            fresh.volume(TARGET).put("jupyterhub.sqlite-journal", "own journal");
            Map<String, String> before = new TreeMap<>(fresh.volume(TARGET));
            TransferDatabase move = new TransferDatabase(fresh, fresh, PrivateWorkplace.at(directory), fresh);
            MemoryTask run = MemoryTask.of("m1");
            lost = loses(move, run.losingLeaseAt(call));

            // When
            new RestoreTargetDatabase(fresh, fresh).restore(SOURCE, TARGET, run.next());

            // Then
            assertThat(fresh.volume(TARGET)).as("lease lost at call %d", call).isEqualTo(before);
        }
    }

    private static boolean loses(TransferDatabase move, MemoryTask run) throws InterruptedException {
        try {
            move.transfer(SOURCE, TARGET, Set.of(), run);
            return false;
        } catch (MemoryTask.LeaseLost e) {
            return true;
        }
    }

    @Test
    void answersAnUndoOfNothingWithSuccess() throws Exception {
        // Given
        hubs.put(TARGET, "own", examination("ann"));

        // When
        DbReply.TargetDatabaseRestored restored = undo(task);

        // Then
        assertThat(restored.happened()).isFalse();
        assertThat(hubs.log).containsExactly("sweep old", "sweep new");
    }

    @Test
    void undoesEvenWhenTheSourceIsGone() throws Exception {
        // Given
        hubs.put(TARGET, "own", examination("ann"));
        move(task);
        hubs.profiles.remove(SOURCE);

        // When
        DbReply.TargetDatabaseRestored restored = undo(task.next());

        // Then
        assertThat(restored.happened()).isTrue();
        assertThat(hubs.volume(TARGET)).containsOnly(Map.entry("jupyterhub.sqlite", "own"));
    }

    @Test
    void touchesNothingWhileAHubRuns() {
        for (HubRef running : List.of(SOURCE, TARGET)) {
            // Given
            hubs.uses.clear();
            hubs.uses.put(running, List.of(List.of("pod hub-1 mounts hub-db-dir")));

            // When
            Refusal refusal = refusal(() -> move(task));

            // Then
            assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
            assertThat(refusal.rejected().detail()).contains(running.cluster(), "pod hub-1");
            assertThat(hubs.log).isEmpty();
        }
    }

    @Test
    void looksAgainBeforeItPlaces() {
        // Given
        hubs.uses.put(TARGET, List.of(List.of(), List.of("Deployment hub asks for 1 pod(s)")));

        // When
        Refusal refusal = refusal(() -> move(task));

        // Then
        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
        assertThat(hubs.log).containsExactly("keep");
        assertThat(task.target().placingBegun()).isFalse();
    }

    @Test
    void doesNotPutBackUnderARunningHub() throws Exception {
        // Given
        move(task);
        hubs.uses.put(TARGET, List.of(List.of("pod hub-1 mounts hub-db-dir")));

        // When
        Refusal refusal = refusal(() -> undo(task.next()));

        // Then
        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
        assertThat(task.target().own()).isPresent();
    }

    @Test
    void takesWhatTheTargetWroteBetweenTwoAttemptsForItsOwn() throws Exception {
        // Given
        hubs.put(TARGET, "own", examination("ann"));
        hubs.uses.put(TARGET, List.of(List.of(), List.of("somebody")));
        assertThat(refusal(() -> move(task)).rejected().code()).isEqualTo(ErrorCode.DATABASE_IN_USE);
        hubs.put(TARGET, "own, later", examination("ann"));
        hubs.uses.clear();

        // When
        move(task.next());
        undo(task.next());

        // Then
        assertThat(hubs.volume(TARGET)).containsOnly(Map.entry("jupyterhub.sqlite", "own, later"));
    }

    @Test
    void placesNothingWhenHealingLosesARow() {
        // Given
        hubs.findings.put("source healed", examination("ann"));

        // When
        Refusal refusal = refusal(() -> move(task));

        // Then
        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.DATABASE_CORRUPT);
        assertThat(hubs.log).isEmpty();
    }

    @Test
    void judgesAgainWhatTheCheckJudged() {
        // Given
        hubs.put(TARGET, "own", examination("zoe"));

        // When
        Refusal refusal = refusal(() -> move(task));

        // Then
        assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.DATABASE_TARGET_HAS_USERS);
        assertThat(hubs.log).isEmpty();
        assertThat(task.target().own()).isEqualTo(Optional.empty());
    }
}
