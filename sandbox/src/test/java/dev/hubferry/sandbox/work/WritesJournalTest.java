package dev.hubferry.sandbox.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritesJournalTest {
    private static final Instant FROM = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-22T10:00:09Z");

    @TempDir
    Path directory;

    @Test
    void countsEachFileThatWasChangedInTheTimeOnce() throws IOException {
        // Given
        Path journal = Files.writeString(directory.resolve("writes.jsonl"), """
                {"at": "2026-11-22T09:59:59.999999Z", "home": "anna", "path": "early"}
                {"at": "2026-11-22T10:00:00Z", "home": "anna", "path": "a"}
                {"at": "2026-11-22T10:00:03.5Z", "home": "anna", "path": "a"}
                {"at": "2026-11-22T10:00:04Z", "home": "ben", "path": "a"}
                {"at": "2026-11-22T10:00:09Z", "home": "ben", "path": "late"}
                {"at": "2026-11-22T10:00:05Z", "home": "ben", "path": "cut o""");

        // Then
        assertThat(WritesJournal.pathsChanged(journal, FROM, UNTIL)).isEqualTo(2);
    }

    @Test
    void countsNothingWhenNobodyWorked() {
        assertThat(WritesJournal.pathsChanged(directory.resolve("none"), FROM, UNTIL))
                .isZero();
    }
}
