package dev.hubferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Exit codes are promised in three places. */
class ExitTest {
    @Test
    void helpAndReadmeNameEveryExitCodeInTheSameWords() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String[] help = dev.hubferry.cli.command.Migrations.class
                .getAnnotation(picocli.CommandLine.Command.class)
                .exitCodeList();

        for (Exit exit : Exit.values()) {
            assertThat(help).contains(exit.code() + ":" + exit.meaning());
            assertThat(readme).contains("| " + exit.code() + " | " + exit.meaning() + " |");
        }
        assertThat(help).hasSize(Exit.values().length);
    }
}
