package dev.hubferry.bench.homes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tree generator, the judge of equality and the emulator of a long link, which are not part of the project. */
final class SharedTools {
    private final Path directory;

    private SharedTools(Path directory) {
        this.directory = directory;
    }

    /**
     * Looks for {@code tools/} in {@code $HUBFERRY_SHARED}, or in {@code shared} beside the project.
     *
     * @param root the project's folder
     */
    static Optional<SharedTools> find(Path root) {
        String named = System.getProperty("hubferry.shared", System.getenv("HUBFERRY_SHARED"));
        Path shared = named == null ? root.resolve("../shared") : Path.of(named);
        Path tools = shared.resolve("tools").toAbsolutePath().normalize();
        boolean whole = Files.isRegularFile(tools.resolve("gen-homes.py"))
                && Files.isRegularFile(tools.resolve("tree-diff.py"));
        return whole ? Optional.of(new SharedTools(tools)) : Optional.empty();
    }

    /** Makes or changes a tree. */
    void generate(Path tree, List<String> options) throws InterruptedException {
        run("gen-homes.py", tree, options).orThrow();
    }

    /** Compares two trees, contents too; exit code 0 when they are equal, and a line of JSON in both cases. */
    Programs.Ended compare(Path one, Path other) throws InterruptedException {
        return run("tree-diff.py", one, List.of(other.toString(), "--content"));
    }

    /** The emulator's source. */
    Path emulator() {
        return directory.resolve("wan-emulator.c");
    }

    private Programs.Ended run(String tool, Path first, List<String> others) throws InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("python3", directory.resolve(tool).toString(), first.toString()));
        command.addAll(others);
        return Programs.run(tool, command, Map.of());
    }
}
