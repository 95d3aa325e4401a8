package dev.hubferry.cli.http;

import dev.hubferry.cli.CliException;
import dev.hubferry.cli.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** The bearer token, which is in a file since everybody sees arguments and many see environments. */
public final class TokenFile {
    private static final int LARGEST = 64 * 1024;
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private final Path file;
    private String last = "";

    public TokenFile(Path file) {
        this.file = file;
    }

    /**
     * Read each time, since tokens of an issuer live shorter than a migration and somebody puts new ones there. A pipe can be read but once:
     * what was read last is used then.
     *
     * @throws CliException USAGE when there never was a token
     */
    synchronized String token() {
        try (InputStream in = Files.newInputStream(file)) {
            String read = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8).strip();
            if (!read.isEmpty()) {
                last = checked(read);
            }
        } catch (IOException e) {
            if (last.isEmpty()) {
                throw wrong("cannot be read: " + e);
            }
        }
        if (last.isEmpty()) {
            throw wrong("is empty");
        }
        return last;
    }

    private String checked(String token) {
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw wrong("must have one token and nothing else in it");
        }
        return token;
    }

    /** Who else can read it, if anybody. */
    public Optional<String> warning() {
        try {
            Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
            return Files.isRegularFile(file) && OF_OTHERS.stream().anyMatch(granted::contains)
                    ? Optional.of("warning: others can read the token file %s: chmod 600 it".formatted(file))
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            // Reading it says what is wrong.
            return Optional.empty();
        }
    }

    private CliException wrong(String what) {
        return new CliException(Exit.USAGE, "the token file %s %s".formatted(file, what));
    }

    @Override
    public String toString() {
        return "TokenFile[" + file + "]";
    }
}
