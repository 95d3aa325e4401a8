package dev.hubferry.sandbox.homes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.sandbox.TreeListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomesGeneratorTest {
    @TempDir
    Path directory;

    @Test
    void makesAtLeastTheEntriesAndAboutTheBytes() throws Exception {
        // When
        HomesGenerator.Made made = generate("homes", 12, 1500, 30, 11);

        // Then
        assertThat(made.entries()).isGreaterThanOrEqualTo(1500);
        assertThat(made.bytes()).isBetween(27_000_000L, 33_000_000L);
        assertThat(entries("homes")).hasSize(made.entries());
    }

    @Test
    void makesTheSameTreeFromTheSameSeed() throws Exception {
        // When
        generate("one", 11, 400, 3, 5);
        generate("two", 11, 400, 3, 5);
        generate("other", 11, 400, 3, 6);

        // Then
        List<String> one = TreeListing.of(directory.resolve("one"));
        assertThat(TreeListing.of(directory.resolve("two"))).isEqualTo(one);
        assertThat(TreeListing.of(directory.resolve("other"))).isNotEqualTo(one);
    }

    @Test
    void givesTheWhaleAboutHalf() throws Exception {
        // Given
        HomesGenerator.Made made = generate("homes", 20, 1000, 20, 3);

        // When
        long whale = entries("homes").stream()
                .filter(line -> line.startsWith("user0/"))
                .filter(line -> field(line, 1).equals("f") && !line.contains("/sparse|"))
                .mapToLong(line -> Long.parseLong(field(line, 5)))
                .sum();

        // Then
        assertThat(whale).isBetween(made.bytes() * 4 / 10, made.bytes() * 6 / 10);
    }

    @Test
    void holdsWhatBreaksNaiveCopies() throws Exception {
        // When
        generate("homes", 1, 300, 2, 1);
        String all = String.join("\n", TreeListing.of(directory.resolve("homes")));

        // Then
        assertThat(all)
                .contains("user0/nasty/new\nline|f|")
                .contains("user0/nasty/\u00ff\u00fe not utf-8|f|")
                .contains("user0/nasty/-rf|f|")
                .contains("x".repeat(255) + "|f|")
                .contains("/level-58|d|")
                .contains("user0/nasty/mode0000|f|0|")
                .contains("user0/nasty/mode4755|f|4755|")
                .contains("user0/nasty/dir1777|d|1777|")
                .contains("user0/nasty/fifo|p|")
                .contains("user0/nasty/socket|s|")
                .containsPattern("before-1970\\|f\\|644\\|1000\\|1000\\|12\\|-31536000\\.0000000050")
                .containsPattern("user0/nasty/hard0\\|f\\|644\\|1000\\|1000\\|3000\\|\\S+\\|4\\|")
                .containsPattern("user0/nasty/dangling\\|l\\|777\\|1000\\|1000\\|\\d+\\|\\S+\\|1\\|nowhere\nx")
                .contains("user.binary=0x6100")
                .contains("user.jupyter.trust=0x")
                .contains("_shared|d|");
    }

    @Test
    void worksInALocaleThatKnowsAsciiOnly() throws Exception {
        // Given
        Path homes = directory.resolve("homes");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Generate.class.getName(),
                homes.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");

        // When
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        // Then
        assertThat(process.waitFor()).as(output).isZero();
        generate("here", 2, 100, 1, 9);
        assertThat(TreeListing.of(homes)).isEqualTo(TreeListing.of(directory.resolve("here")));
    }

    @Test
    void makesAsMuchAsTheDemoAsksFor() {
        // When
        HomesGenerator.Made made = generate("homes", 60, 7000, 120, 11);

        // Then
        assertThat(made.entries()).isGreaterThanOrEqualTo(7000);
    }

    static final class Generate {
        public static void main(String[] arguments) {
            HomesGenerator.generate(Path.of(arguments[0]), new HomesSpec(users(2), 100, 1, 9));
        }
    }

    private HomesGenerator.Made generate(String name, int users, int files, int megabytes, long seed) {
        return HomesGenerator.generate(directory.resolve(name), new HomesSpec(users(users), files, megabytes, seed));
    }

    private static List<String> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> "user" + i).toList();
    }

    private List<String> entries(String name) throws IOException, InterruptedException {
        List<String> entries = new ArrayList<>();
        for (String line : TreeListing.of(directory.resolve(name))) {
            if (line.contains("|")) {
                entries.add(line);
            }
        }
        return entries;
    }

    private static String field(String line, int index) {
        return line.split("\\|", -1)[index];
    }
}
