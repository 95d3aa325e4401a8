package dev.hubferry.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the shell blocks of the README and the docs, but for those that need a world: {@link CliTest} runs them. */
class DocsTest {
    /** This very test runs inside it; CI reads it from the README and runs it. */
    private static final String TEST_COMMAND = "./hubferry test";

    @TestFactory
    Stream<DynamicTest> everyShellBlockRuns() throws IOException {
        return blocks().stream()
                .filter(block -> !block.equals(TEST_COMMAND) && !ShellBlocks.needsWorld(block))
                .map(block -> DynamicTest.dynamicTest(block, () -> run(block)));
    }

    @Test
    void theReadmeNamesTheTestCommandThatContinuousIntegrationRuns() throws IOException {
        assertThat(blocks()).contains(TEST_COMMAND);
    }

    private static void run(String block) throws IOException {
        Path log = Files.createTempFile("hubferry-docs", ".log");
        ChildProcess shell = ChildProcess.start(new ChildProcess.Spec(
                "shell",
                List.of("bash", "-euo", "pipefail", "-c", block),
                Map.of("HUBFERRY_BUILT", "1"),
                Project.root(),
                log));
        Await.until("the block to end", Duration.ofMinutes(20), () -> !shell.isAlive());
        assertThat(shell.exitCode()).as(shell.logTail()).isZero();
    }

    private static List<String> blocks() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Project.root().resolve("README.md")));
        try (Stream<Path> docs = Files.walk(Project.root().resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
        }
        List<String> blocks = new ArrayList<>();
        for (Path page : pages) {
            blocks.addAll(ShellBlocks.of(page));
        }
        return blocks;
    }
}
