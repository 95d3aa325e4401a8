package dev.hubferry.cli.command;

import dev.hubferry.cli.CliException;
import dev.hubferry.cli.Exit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A file for an answer: there whole or not at all, and never over another one unless asked for. */
final class FileTarget {
    @Option(names = "--to", paramLabel = "FILE", description = "writes it there as JSON")
    private @Nullable Path to;

    @Option(names = "--force", description = "replaces the file of --to if there is one")
    private boolean force;

    boolean isWanted() {
        return to != null;
    }

    /** Before anything is asked of a server. */
    void check() {
        if (to != null && !force && Files.exists(to)) {
            throw exists(to);
        }
    }

    /** Returns where it is now. */
    Path write(byte[] bytes) {
        if (to == null) {
            throw new IllegalStateException("no file was asked for");
        }
        Path file = to.toAbsolutePath();
        try {
            Path part = file.resolveSibling(".hubferry-" + UUID.randomUUID() + ".part");
            try {
                save(part, bytes);
                place(part, file);
            } finally {
                Files.deleteIfExists(part);
            }
            return file;
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException e) {
            throw new CliException(Exit.USAGE, "--to %s cannot be written: %s".formatted(to, e));
        }
    }

    private static void save(Path part, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private void place(Path part, Path file) throws IOException {
        if (force) {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        try {
            // Fails when somebody has made the file since, which a renaming would replace.
            Files.createLink(file, part);
        } catch (UnsupportedOperationException e) {
            Files.move(part, file);
        }
    }

    private static CliException exists(Path file) {
        return new CliException(Exit.USAGE, "%s is there already: take another name, or add --force".formatted(file));
    }
}
