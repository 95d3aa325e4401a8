package dev.hubferry.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Scratch directories that vanish with the JVM. */
public final class Directories {
    private Directories() {}

    /** A new directory below {@code java.io.tmpdir}, deleted when the JVM ends. */
    public static Path temporary(String prefix) {
        return temporary(Path.of(System.getProperty("java.io.tmpdir")), prefix);
    }

    /** A new directory in this one, deleted when the JVM ends. */
    public static Path temporary(Path parent, String prefix) {
        try {
            Path directory = Files.createTempDirectory(parent, prefix);
            AtExit.add(() -> delete(directory));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary directory", e);
        }
    }

    /** Deletes a tree as far as it can; files that a dying process still writes are tried again. */
    public static void delete(Path tree) {
        for (int attempt = 0; attempt < 5 && Files.exists(tree); attempt++) {
            deleteOnce(tree);
        }
    }

    private static void deleteOnce(Path tree) {
        try {
            Files.walkFileTree(tree, new Deleter());
        } catch (IOException e) {
            // Somebody added or removed a file meanwhile; the next attempt sees the rest.
        }
    }

    private static final class Deleter extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
