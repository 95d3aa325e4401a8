package dev.hubferry.storage.adapter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.storage.domain.Spool;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TempSpoolsTest {
    @TempDir
    Path directory;

    @Test
    void givesBackRecordsMoreThanOnceAndLeavesNoFile() {
        try (Spool spool = new TempSpools(directory).make()) {
            // Given
            for (int i = 0; i < 100_000; i++) {
                spool.add("\u00ff\n" + i);
            }
            spool.add("");
            // When, Then
            Spool.Records one = spool.read();
            Spool.Records other = spool.read();
            for (int i = 0; i < 100_000; i++) {
                assertThat(one.next()).contains("\u00ff\n" + i);
                assertThat(other.next()).contains("\u00ff\n" + i);
            }
            assertThat(one.next()).contains("");
            assertThat(one.next()).isEmpty();
            assertThat(directory).isEmptyDirectory();
            assertThatThrownBy(() -> spool.add("late")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void keepsWhatItHoldsWhenAThreadIsInterrupted() {
        try (Spool spool = new TempSpools(directory).make()) {
            // Given
            Thread.currentThread().interrupt();
            // When
            spool.add("a");
            Optional<String> record = spool.read().next();
            // Then
            assertThat(Thread.interrupted()).isTrue();
            assertThat(record).contains("a");
        }
    }

    @Test
    void readsWhatAnotherCompressedAndSaysWhenItIsCutOff() throws Exception {
        TempSpools spools = new TempSpools(directory);
        try (Spool spool = spools.make()) {
            spool.add("a");
            spool.add("b");
            byte[] compressed = spool.compressed().readAllBytes();
            assertThat(spool.compressedSize()).isEqualTo(compressed.length);
            try (Spool again = spools.of(new ByteArrayInputStream(compressed))) {
                Spool.Records records = again.read();
                assertThat(records.next()).contains("a");
                assertThat(records.next()).contains("b");
                assertThat(records.next()).isEmpty();
            }
            byte[] half = Arrays.copyOf(compressed, compressed.length - 9);
            try (Spool cut = spools.of(new ByteArrayInputStream(half))) {
                Spool.Records records = cut.read();
                assertThatThrownBy(() -> {
                            while (records.next().isPresent()) {
                                // The next one.
                            }
                        })
                        .isInstanceOf(UncheckedIOException.class);
            }
            try (Spool other = spools.of(new ByteArrayInputStream("no gzip".getBytes("US-ASCII")))) {
                assertThatThrownBy(other::read).isInstanceOf(UncheckedIOException.class);
            }
        }
    }
}
