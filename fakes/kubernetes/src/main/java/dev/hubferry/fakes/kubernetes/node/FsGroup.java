package dev.hubferry.fakes.kubernetes.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Gives a volume to a group as a kubelet does for {@code fsGroup}: group, group bits, and setgid on directories. Other pods may be at
 * work on the volume, so what vanishes meanwhile is no failure.
 */
final class FsGroup {

    private static final int FILE_BITS = 0660;
    private static final int DIRECTORY_BITS = 02770;

    private FsGroup() {}

    static void give(Path volume, int group) {
        try {
            Files.walkFileTree(volume, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                        throws IOException {
                    change(directory, group, DIRECTORY_BITS);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    change(file, group, attributes.isSymbolicLink() ? 0 : FILE_BITS);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void change(Path path, int group, int bits) throws IOException {
        try {
            Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
            if (bits != 0) {
                Files.setAttribute(path, "unix:mode", (int) Files.getAttribute(path, "unix:mode") & 07777 | bits);
            }
        } catch (NoSuchFileException e) {
            // It has vanished, which leaves nothing to give.
        }
    }
}
