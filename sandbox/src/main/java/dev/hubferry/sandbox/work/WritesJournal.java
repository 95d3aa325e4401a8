package dev.hubferry.sandbox.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads writes.jsonl: what users changed, and when. */
public final class WritesJournal {
    private static final ObjectMapper JSON = new ObjectMapper();

    private WritesJournal() {}

    /** How many files were changed from one time, included, to another, excluded; 0 when nobody ever changed anything. */
    public static long pathsChanged(Path journal, Instant from, Instant until) {
        Set<List<String>> changed = new HashSet<>();
        try {
            String text = Files.exists(journal) ? Files.readString(journal) : "";
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                JsonNode write = JSON.readTree(line);
                Instant at = Instant.parse(write.path("at").asText());
                if (!at.isBefore(from) && at.isBefore(until)) {
                    changed.add(List.of(
                            write.path("home").asText(), write.path("path").asText()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + journal, e);
        }
        return changed.size();
    }
}
