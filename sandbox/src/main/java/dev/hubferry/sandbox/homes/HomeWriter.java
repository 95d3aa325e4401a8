package dev.hubferry.sandbox.homes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Writes entries with a hub user's ownership and made-up modes and times, and counts them. */
final class HomeWriter {
    /** All times lie before this instant, so that equal seeds make equal trees. */
    static final Instant NEWEST = Instant.parse("2026-01-01T00:00:00Z");

    private static final int USER_ID = 1000;
    private static final long YEAR_SECONDS = 365L * 86_400;
    private static final int NOISE_BYTES = 1 << 20;

    private final Random random;
    private final boolean root;
    private final byte[] noise = new byte[NOISE_BYTES];
    private final Deque<Path> directories = new ArrayDeque<>();
    private final Set<Path> known = new HashSet<>();
    private int entries;
    private long bytes;

    HomeWriter(Random random) {
        this.random = random;
        this.root = System.getProperty("user.name").equals("root");
        random.nextBytes(noise);
    }

    int entries() {
        return entries;
    }

    long bytes() {
        return bytes;
    }

    /** Makes a directory with its parents; its time is set by {@link #finishDirectories}. */
    Path directory(Path path, int mode) throws IOException {
        Path parent = path.getParent();
        if (!known.add(path) || parent == null) {
            return path;
        }
        if (!Files.exists(parent)) {
            directory(parent, 0755);
        }
        Files.createDirectory(path);
        directories.push(path);
        own(path);
        Files.setAttribute(path, "unix:mode", mode);
        entries++;
        return path;
    }

    /** Writes a file of text lines or of noise. */
    Path file(Path path, int size, boolean text, int mode) throws IOException {
        directory(parentOf(path), 0755);
        Files.write(path, text ? text(size) : noise(size));
        own(path);
        Files.setAttribute(path, "unix:mode", mode);
        Files.setLastModifiedTime(path, someTime());
        entries++;
        bytes += size;
        return path;
    }

    void symbolicLink(Path path, String target) throws IOException {
        Files.createSymbolicLink(path, Path.of(target));
        own(path);
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(someTime(), null, null);
        entries++;
    }

    void hardLink(Path path, Path existing) throws IOException {
        directory(parentOf(path), 0755);
        Files.createLink(path, existing);
        entries++;
    }

    /** Sets an extended attribute with a value that is no text. */
    void binaryAttribute(Path path, String name) throws IOException {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
        byte[] value = new byte[24];
        random.nextBytes(value);
        value[3] = 0;
        view.write(name, ByteBuffer.wrap(value));
    }

    /** Counts entries that something else has made. */
    void count(int others) {
        entries += others;
    }

    /** Gives all directories their times, innermost first; nothing may be added after this. */
    void finishDirectories() throws IOException {
        for (Path directory : directories) {
            Files.setLastModifiedTime(directory, someTime());
        }
    }

    private FileTime someTime() {
        long age = (long) (-Math.log(1 - random.nextDouble()) * YEAR_SECONDS / 2);
        return FileTime.from(NEWEST.minusSeconds(age).plusNanos(random.nextInt(1_000_000_000)));
    }

    private void own(Path path) throws IOException {
        if (root) {
            Files.setAttribute(path, "unix:uid", USER_ID, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", USER_ID, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static Path parentOf(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IOException("no directory above " + path);
        }
        return parent;
    }

    private byte[] noise(int size) {
        byte[] content = new byte[size];
        int at = 0;
        while (at < size) {
            int from = random.nextInt(NOISE_BYTES);
            int length = Math.min(size - at, NOISE_BYTES - from);
            System.arraycopy(noise, from, content, at, length);
            at += length;
        }
        return content;
    }

    private byte[] text(int size) {
        byte[] content = new byte[size];
        byte[] line = new byte[0];
        for (int at = 0; at < size; at += line.length) {
            line = "{\"cell\": %d, \"value\": %.4f},%n"
                    .formatted(random.nextInt(10_000), random.nextDouble())
                    .getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(line, 0, content, at, Math.min(line.length, size - at));
        }
        return content;
    }
}
