package dev.hubferry.db.adapter.disk;

import dev.hubferry.db.domain.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Directories under one root that only this user can read. A process that was killed cannot clean up after itself, so each keeps its
 * desks in a directory that names it, and the next one to start removes those of the dead.
 */
public final class PrivateWorkplace implements Workplace {
    private final Path mine;

    private PrivateWorkplace(Path mine) {
        this.mine = mine;
    }

    /**
     * Prepares the root and removes what dead processes left there.
     *
     * @param root is made when missing; its permissions become 0700
     * @throws UncheckedIOException when it cannot be made or is not ours
     */
    public static PrivateWorkplace at(Path root) {
        try {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            removeLeftOvers(root);
            return new PrivateWorkplace(
                    makePrivate(root, ProcessHandle.current().pid() + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException("the work directory " + root + " cannot be used", e);
        }
    }

    @Override
    public Desk open() {
        try {
            return new DirectoryDesk(makePrivate(mine, "desk-"));
        } catch (IOException e) {
            throw new UncheckedIOException("no directory can be made in " + mine, e);
        }
    }

    /** Removes the directory of this process. */
    public void close() {
        remove(mine);
    }

    private static Path makePrivate(Path parent, String prefix) throws IOException {
        return Files.createTempDirectory(
                parent, prefix, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void removeLeftOvers(Path root) throws IOException {
        List<Path> candidates;
        try (Stream<Path> children = Files.list(root)) {
            candidates = children.toList();
        }
        for (Path candidate : candidates) {
            if (ownerIsDead(candidate)) {
                remove(candidate);
            }
        }
    }

    /** In a container every process has the same number: a directory of our own number is a predecessor's. */
    private static boolean ownerIsDead(Path directory) {
        String name = String.valueOf(directory.getFileName());
        int dash = name.indexOf('-');
        if (dash <= 0 || dash > 10 || !name.substring(0, dash).chars().allMatch(Character::isDigit)) {
            return false;
        }
        long pid = Long.parseLong(name.substring(0, dash));
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return pid == ProcessHandle.current().pid() || process.isEmpty();
    }

    private static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new Remover());
        } catch (IOException e) {
            throw new UncheckedIOException("a copy of a database could not be removed from " + directory, e);
        }
    }

    private record DirectoryDesk(Path directory) implements Desk {
        @Override
        public Path file(String name) {
            return directory.resolve(name);
        }

        @Override
        public void close() {
            remove(directory);
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
