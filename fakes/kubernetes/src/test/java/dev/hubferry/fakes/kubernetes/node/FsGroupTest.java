package dev.hubferry.fakes.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FsGroupTest {
    private static final int ENOUGH_TO_MEET = 3_000;

    @Test
    void takesNoHarmFromFilesThatComeAndGo(@TempDir Path volume) throws Exception {
        // Given: a database that is written to, with a journal for each transaction
        Path database = Files.writeString(volume.resolve("database"), "x");
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> churn(volume.resolve("journal"), stop));
        // When
        for (int i = 0; i < ENOUGH_TO_MEET; i++) {
            FsGroup.give(volume, 1000);
        }
        // Then
        stop.set(true);
        writer.get();
        assertThat(Files.getAttribute(database, "unix:gid")).isEqualTo(1000);
    }

    private static void churn(Path file, AtomicBoolean stop) {
        try {
            while (!stop.get()) {
                Files.writeString(file, "x");
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
