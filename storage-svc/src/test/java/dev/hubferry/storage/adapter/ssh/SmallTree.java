package dev.hubferry.storage.adapter.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Makes homes of a few users from a seed: small, but with an entry of every kind. */
final class SmallTree {
    private final Path homes;
    private final Random random;

    private SmallTree(Path homes, long seed) {
        this.homes = homes;
        this.random = new Random(seed);
    }

    static void make(Path homes, long seed) throws IOException {
        SmallTree tree = new SmallTree(homes, seed);
        Files.createDirectories(homes);
        for (String user : List.of("ada", "grace", "-hedy", "jo s\u00e9")) {
            tree.home(user);
        }
        Files.writeString(homes.resolve(".projid"), "1:1\n");
        Files.createSymbolicLink(homes.resolve("alias"), Path.of("ada"));
        Files.setLastModifiedTime(homes, FileTime.from(Instant.parse("2024-05-06T07:08:09.123456789Z")));
    }

    private void home(String user) throws IOException {
        Path home = Files.createDirectories(homes.resolve(user));
        file(home.resolve("notes.txt"), 200);
        file(home.resolve("empty"), 0);
        Files.createDirectories(home.resolve("deep/er/and/deeper"));
        for (int i = 0; i < 12; i++) {
            file(home.resolve("deep/er/" + i + " `$(id)`\n\\012*?[x] \"quoted'"), random.nextInt(3000));
        }
        Files.createLink(home.resolve("hard"), home.resolve("notes.txt"));
        Files.createLink(home.resolve("deep/hard"), home.resolve("notes.txt"));
        Files.createSymbolicLink(home.resolve("dangling"), Path.of("nowhere\nat all"));
        Files.createSymbolicLink(home.resolve("deep/absolute"), Path.of("/etc"));
        Path rich = file(home.resolve("rich"), 50);
        Files.getFileAttributeView(rich, UserDefinedFileAttributeView.class)
                .write("comment", StandardCharsets.UTF_8.encode("a\0b" + random.nextInt()));
        file(home.resolve("private"), 30);
        Files.setPosixFilePermissions(home.resolve("private"), PosixFilePermissions.fromString("---------"));
        Files.setLastModifiedTime(rich, FileTime.from(Instant.parse("2001-02-03T04:05:06.000000001Z")));
        own(home, 1000);
    }

    private Path file(Path path, int size) throws IOException {
        byte[] content = new byte[size];
        random.nextBytes(content);
        return Files.write(path, content);
    }

    private static void own(Path home, int uid) throws IOException {
        try (var paths = Files.walk(home)) {
            for (Path path : paths.toList()) {
                Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** Changes content but neither size nor mtime. */
    static void editUnseen(Path file) throws IOException {
        FileTime before = Files.getLastModifiedTime(file);
        byte[] content = Files.readAllBytes(file);
        content[0] ^= 1;
        Files.write(file, content);
        Files.setLastModifiedTime(file, before);
    }
}
