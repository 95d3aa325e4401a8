package dev.hubferry.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that the sandbox carries along: scripts and a hub's database. */
public final class Resources {
    private Resources() {}

    /** The text of a resource of this package. */
    public static String text(String name) {
        try (InputStream content = open(name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /** Copies a resource of this package into a directory, which is made when missing; returns the copy. */
    public static Path copyTo(Path directory, String name) {
        return copyAs(directory.resolve(name), name);
    }

    /** Copies a resource of this package to a file, which is replaced. */
    public static Path copyAs(Path file, String name) {
        try (InputStream content = open(name)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + name + " to " + file, e);
        }
    }

    private static InputStream open(String name) {
        InputStream content = Resources.class.getResourceAsStream(name);
        if (content == null) {
            throw new IllegalArgumentException("the sandbox has no resource " + name);
        }
        return content;
    }
}
