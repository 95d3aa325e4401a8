package dev.hubferry.storage.adapter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tree generator and the judge of equality, which are not part of the project; tests that need them are skipped without. */
final class SharedTools {
    private SharedTools() {}

    static void generate(Path tree, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(tree.toString()));
        arguments.addAll(List.of(options));
        Result result = run("gen-homes.py", arguments);
        assertThat(result.exit()).as(result.output()).isZero();
    }

    static void assertEqualTrees(Path source, Path target) throws IOException, InterruptedException {
        Result result = run("tree-diff.py", List.of(source.toString(), target.toString(), "--content", "-v"));
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output()).contains("EQUAL");
    }

    private static Result run(String tool, List<String> arguments) throws IOException, InterruptedException {
        Optional<Path> tools = directory();
        assumeTrue(
                tools.isPresent(),
                "skipped: no tools/" + tool
                        + "; set HUBFERRY_SHARED to the directory that has it, or put it in ../shared");
        List<String> command = new ArrayList<>(
                List.of("python3", tools.orElseThrow().resolve(tool).toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private static Optional<Path> directory() {
        String named = System.getProperty("hubferry.shared", System.getenv("HUBFERRY_SHARED"));
        Path shared = named == null ? Path.of("../../shared") : Path.of(named);
        Path tools = shared.resolve("tools").toAbsolutePath().normalize();
        return Files.isRegularFile(tools.resolve("tree-diff.py")) ? Optional.of(tools) : Optional.empty();
    }

    private record Result(int exit, String output) {}
}
