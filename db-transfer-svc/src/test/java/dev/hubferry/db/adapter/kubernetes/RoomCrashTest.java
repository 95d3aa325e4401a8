package dev.hubferry.db.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.db.HubDatabases;
import dev.hubferry.db.MemoryTask;
import dev.hubferry.db.domain.DatabaseFiles;
import dev.hubferry.db.domain.Refusal;
import dev.hubferry.db.domain.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script of the rooms, killed before each single change that it makes, for each state in which a target may be. */
class RoomCrashTest {
    private static final String NONE = "";
    private static final String DATABASE = "jupyterhub.sqlite";
    private static final String WITH_JOURNAL = "jupyterhub.sqlite jupyterhub.sqlite-journal";
    private static final String WITH_LOG = "jupyterhub.sqlite jupyterhub.sqlite-shm jupyterhub.sqlite-wal";
    private static final String KEPT = "jupyterhub.sqlite.hubferry-m1";

    @TempDir
    Path directory;

    private Path volume = Path.of("unset");
    private Path incoming = Path.of("unset");

    @ParameterizedTest
    @ValueSource(strings = {NONE, DATABASE, WITH_JOURNAL, WITH_LOG})
    void keepsAndPlacesAndPutsBack(String files) throws Exception {
        for (LocalCommands commands : List.of(LocalCommands.sound(), LocalCommands.withoutHardLinks())) {
            // Given
            Map<String, String> before = target(files);
            PodDatabaseRoom room = room(commands);
            DatabaseFiles own = room.look().database();

            // When
            room.keep(own);
            room.keep(own);
            StoredFile placed = room.place(incoming, 0640, own);
            room.place(incoming, 0640, own);

            // Then
            assertThat(placed.sha256()).isEqualTo(HubDatabases.sha256(incoming));
            assertPlaced(before);
            assertThat(room.look().kept()).hasSize(before.size());

            // When
            theHubRan();
            room.restore(own, true);
            room.restore(own, true);

            // Then
            assertThat(fingerprint()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DATABASE, WITH_LOG})
    void survivesACrashAnywhereInKeep(String files) throws Exception {
        boolean crashed = true;
        for (int change = 0; crashed; change++) {
            // Given
            Map<String, String> before = target(files);
            DatabaseFiles own = files(before);
            crashed = crashes(change, room -> room.keep(own));
            assertThat(fingerprint()).containsAllEntriesOf(before);

            // When // Then
            room().restore(own, false);
            assertThat(fingerprint()).isEqualTo(before);

            // When // Then
            crashes(change, room -> room.keep(own));
            room().keep(own);
            room().place(incoming, 0644, own);
            assertPlaced(before);
            room().restore(own, true);
            assertThat(fingerprint()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NONE, DATABASE, WITH_JOURNAL})
    void survivesACrashAnywhereInPlace(String files) throws Exception {
        boolean crashed = true;
        for (int change = 0; crashed; change++) {
            // Given
            Map<String, String> before = target(files);
            DatabaseFiles own = files(before);
            room().keep(own);
            crashed = crashes(change, room -> room.place(incoming, 0644, own));

            // When // Then
            room().restore(own, true);
            assertThat(fingerprint()).as("restored after crash at %d", change).isEqualTo(before);

            // When // Then
            room().keep(own);
            crashes(change, room -> room.place(incoming, 0644, own));
            room().place(incoming, 0644, own);
            assertPlaced(before);
            room().restore(own, true);
            assertThat(fingerprint())
                    .as("placed again after crash at %d", change)
                    .isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NONE, DATABASE, WITH_JOURNAL})
    void survivesACrashAnywhereInRestore(String files) throws Exception {
        boolean crashed = true;
        for (int change = 0; crashed; change++) {
            // Given
            Map<String, String> before = target(files);
            DatabaseFiles own = files(before);
            room().keep(own);
            room().place(incoming, 0644, own);
            theHubRan();
            crashed = crashes(change, room -> room.restore(own, true));

            // When
            room().restore(own, true);

            // Then
            assertThat(fingerprint()).as("crash at %d", change).isEqualTo(before);
        }
    }

    @Test
    void placesNothingWhenTheTargetsOwnIsNotKept() throws Exception {
        // Given
        Map<String, String> before = target(DATABASE);
        DatabaseFiles own = room().look().database();

        // When // Then
        assertThatThrownBy(() -> room().place(incoming, 0644, own)).satisfies(RoomCrashTest::isNotKept);
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void putsNothingBackWhenWhatWasKeptIsGoneOrChanged() throws Exception {
        // Given
        target(DATABASE);
        DatabaseFiles own = room().look().database();
        room().keep(own);
        room().place(incoming, 0644, own);
        Files.delete(volume.resolve(KEPT));
        Files.writeString(volume.resolve(KEPT), "something else");
        Map<String, String> before = fingerprint();

        // When // Then
        assertThatThrownBy(() -> room().restore(own, true)).satisfies(RoomCrashTest::isNotKept);
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void keepsAnewWhatChangedBeforeAnythingWasPlaced() throws Exception {
        // Given
        target(DATABASE);
        room().keep(room().look().database());
        Files.writeString(volume.resolve(DATABASE), "the target's hub wrote once more");
        Map<String, String> before = new TreeMap<>(fingerprint());
        before.remove(KEPT);
        DatabaseFiles own = room().look().database();

        // When
        room().keep(own);
        room().place(incoming, 0644, own);
        room().restore(own, true);

        // Then
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void refusesACopyThatNeverArrivesWhole() throws Exception {
        // Given
        target(NONE);
        HubDatabases.copy(volume.resolve(DATABASE));
        PodDatabaseRoom room = room(LocalCommands.truncatingAt(100_000));

        // When // Then
        assertThatThrownBy(() -> room.snapshot(volume.resolveSibling("copy")))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.TRANSFER_CORRUPT);
                    assertThat(refusal.rejected().detail()).contains("155648", "100000");
                });
    }

    @Test
    void refusesALinkInTheDatabasesPlace() throws IOException {
        // Given
        target(NONE);
        Files.createSymbolicLink(volume.resolve(DATABASE), Path.of("/etc/passwd"));

        // When // Then
        assertThatThrownBy(() -> room().look())
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.NOT_PRIVILEGED));
    }

    private static void isNotKept(Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.DATABASE_NOT_FOUND);
            assertThat(refusal.rejected().detail()).contains(KEPT);
        });
    }

    private void assertPlaced(Map<String, String> before) {
        Map<String, String> expected = new TreeMap<>(Map.of(DATABASE, HubDatabases.sha256(incoming)));
        before.forEach((name, hash) -> expected.put(KEPT + name.substring(DATABASE.length()), hash));
        assertThat(fingerprint()).isEqualTo(expected);
    }

    /** Whether the operation was killed; when not, it had no change of that number left. */
    private boolean crashes(int change, Step step) throws InterruptedException {
        try {
            step.in(room(LocalCommands.crashingAt(change)));
            return false;
        } catch (Refusal refusal) {
            assertThat(refusal.rejected().code()).isEqualTo(ErrorCode.TRANSFER_CORRUPT);
            assertThat(refusal.rejected().detail()).contains("137");
            return true;
        }
    }

    private Map<String, String> target(String files) {
        try {
            Path scene = Files.createTempDirectory(directory, "scene");
            volume = Files.createDirectory(scene.resolve("volume"));
            Files.createDirectory(scene.resolve("scratch"));
            incoming = HubDatabases.copy(scene.resolve("incoming"));
            for (String name : files.split(" ", -1)) {
                if (!name.isBlank()) {
                    Files.writeString(volume.resolve(name), "the target's own " + name);
                }
            }
            return fingerprint();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DatabaseFiles files(Map<String, String> fingerprint) {
        return new DatabaseFiles(fingerprint.entrySet().stream()
                .map(file -> new StoredFile(file.getKey(), 0, file.getValue(), 0644))
                .toList());
    }

    private void theHubRan() throws IOException {
        Files.writeString(volume.resolve("jupyterhub.sqlite"), "upgraded by the target's hub");
        Files.writeString(volume.resolve("jupyterhub.sqlite-journal"), "left when it was killed");
    }

    private PodDatabaseRoom room() {
        return room(LocalCommands.sound());
    }

    private PodDatabaseRoom room(RoomCommands commands) {
        PodDatabaseRoom.Directories directories = new PodDatabaseRoom.Directories(
                volume.toString(), volume.resolveSibling("scratch").toString());
        return new PodDatabaseRoom(new Tenant(), false, commands, directories, MemoryTask.of("m1"), 1);
    }

    private Map<String, String> fingerprint() {
        try (Stream<Path> files = Files.list(volume)) {
            return new TreeMap<>(
                    files.collect(Collectors.toMap(file -> String.valueOf(file.getFileName()), HubDatabases::sha256)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void in(PodDatabaseRoom room) throws InterruptedException;
    }

    private record Tenant() implements PodDatabaseRoom.Tenancy {
        @Override
        public HubRef hub() {
            return new HubRef("new", "stars", Optional.empty());
        }

        @Override
        public long user() {
            return 1000;
        }

        @Override
        public long group() {
            return 1000;
        }

        @Override
        public void close() {}
    }
}
