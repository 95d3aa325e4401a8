package dev.hubferry.db.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.db.domain.Workplace.Desk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateWorkplaceTest {
    @TempDir
    Path directory;

    @Test
    void letsNobodyElseReadAndLeavesNothing() throws IOException {
        // Given
        Path root = directory.resolve("work");
        PrivateWorkplace workplace = PrivateWorkplace.at(root);

        // When
        Path file;
        try (Desk desk = workplace.open()) {
            file = Files.writeString(desk.file("copy.sqlite"), "x");
            Files.writeString(desk.file("copy.sqlite-wal"), "x");
            for (Path place = file.getParent(); place != null && place.startsWith(root); place = place.getParent()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                        .isEqualTo("rwx------");
            }
        }

        // Then
        assertThat(file.getParent()).doesNotExist();
        workplace.close();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void removesWhatADeadProcessLeftAndSparesTheLiving() throws Exception {
        // Given
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path left = Files.createDirectories(directory.resolve(dead.pid() + "-1/desk-2"));
        Files.writeString(left.resolve("copy.sqlite"), "x");
        Process living = new ProcessBuilder("sleep", "60").start();
        Path used = Files.createDirectories(directory.resolve(living.pid() + "-3/desk-4"));
        Path foreign = Files.createDirectories(directory.resolve("lost+found"));

        // When
        PrivateWorkplace.at(directory);

        // Then
        assertThat(left.getParent()).doesNotExist();
        assertThat(used).exists();
        assertThat(foreign).exists();
        living.destroy();
    }
}
