package dev.hubferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script for completion, as bash runs it. */
class CompletionTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void completesCommandsAndOptionsInBash() throws Exception {
        assertThat(completed("./hubferry", "mig")).contains("migrations");
        assertThat(completed("./hubferry", "migrations", "a"))
                .contains("apply", "approve", "abort")
                .doesNotContain("watch");
        assertThat(completed("./hubferry", "migrations", "watch", "--un")).contains("--until");
        assertThat(completed("./hubferry", "de")).contains("demo");
    }

    /** What bash offers after these words. */
    private String completed(String... words) throws IOException, InterruptedException {
        Path script;
        try (FakeServer server = FakeServer.start()) {
            Cli.Ran ran = new Cli(server, directory).bare("migrations", "completion");
            assertThat(ran.exit()).as(ran.err()).isZero();
            script = Files.writeString(directory.resolve("completion"), ran.out());
        }
        String typed = "'" + String.join("' '", words) + "'";
        String code = """
            source '%s'
            COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
            call=$(complete -p hubferry | sed 's/.*-F \\([^ ]*\\).*/\\1/')
            "$call"; printf '%%s\\n' "${COMPREPLY[@]}"
            """.formatted(script, typed, words.length - 1);
        Process bash = new ProcessBuilder("bash", "--norc", "-c", code)
                .redirectErrorStream(true)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(out).isZero();
        return out;
    }
}
