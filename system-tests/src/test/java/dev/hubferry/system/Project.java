package dev.hubferry.system;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project is. */
public final class Project {
    private Project() {}

    /** The folder that holds the launcher. */
    public static Path root() {
        Path root = Path.of("..").toAbsolutePath().normalize();
        if (!Files.isExecutable(root.resolve("hubferry"))) {
            throw new IllegalStateException("no launcher in " + root + "; run the tests from their module's folder");
        }
        return root;
    }
}
