package dev.hubferry.sandbox.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.sandbox.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that every acknowledged write of writes.jsonl is found in a tree of homes.
 *
 * <p>The last line of each path counts. A change that was begun and never acknowledged may stand there instead.
 */
public final class WritesVerifier {
    private WritesVerifier() {}

    /**
     * What the check found.
     *
     * @param lines acknowledged changes
     * @param paths files that they concern
     * @param unacknowledged changes that were begun and killed before they were acknowledged
     * @param lost the lines that are not true of the tree, each with the sha256 {@code found} (null: no such file)
     */
    public record Verdict(int lines, int paths, int unacknowledged, List<String> lost) {
        public Verdict {
            lost = List.copyOf(lost);
        }

        public boolean allFound() {
            return lost.isEmpty();
        }
    }

    /**
     * Reads the journal and hashes each file that it names.
     *
     * @param journal writes.jsonl
     * @param homes the hub's directory, which holds one directory per user
     */
    public static Verdict verify(Path journal, Path homes) {
        try {
            Path directory = Files.createTempDirectory("hubferry-check-");
            Path script = Resources.copyTo(directory, UserAtWork.SCRIPT);
            try {
                return run(List.of(
                        "/usr/bin/python3", script.toString(), "--check", journal.toString(), homes.toString()));
            } finally {
                Files.delete(script);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot check " + journal, e);
        }
    }

    private static Verdict run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PYTHONUTF8", "1");
        Process process = builder.start();
        JsonNode answer = new ObjectMapper().readTree(process.getInputStream().readAllBytes());
        try {
            int code = process.waitFor();
            if (code > 1 || answer.isMissingNode()) {
                throw new IOException("the check ended with exit code " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in the check", e);
        }
        List<String> lost = new ArrayList<>();
        answer.path("lost").forEach(line -> lost.add(line.toString()));
        return new Verdict(
                answer.path("lines").asInt(),
                answer.path("paths").asInt(),
                answer.path("unacknowledged").asInt(),
                lost);
    }
}
