package dev.hubferry.orchestrator.api.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tokens that open the API: a file with a line {@code name role[,role] sha256:<hex>} per token; empty lines and those that begin
 * with {@code #} are skipped. No name has a colon.
 */
public final class Tokens {
    private static final Set<String> ROLES = new TreeSet<>(Role.ALL);
    private static final String HASH_PREFIX = "sha256:";
    private static final int HASH_BYTES = 32;

    private final List<Entry> entries;

    private Tokens(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** No file: nobody has a token of it. */
    public static Tokens none() {
        return new Tokens(List.of());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** @param name who holds the token */
    public record Holder(String name, Set<String> roles) {
        public Holder {
            roles = Set.copyOf(roles);
        }
    }

    private record Entry(Holder holder, byte[] hash) {
        @Override
        public String toString() {
            return holder.toString();
        }
    }

    /**
     * Reads the file.
     *
     * @throws IllegalStateException when it cannot be read or a line is malformed; says which, and how it should look
     */
    public static Tokens read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the token file " + file + " (hubferry.auth.token-file) cannot be read: " + e, e);
        }
        List<Entry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                Entry entry = entry(line);
                if (!names.add(entry.holder().name())) {
                    throw new IllegalArgumentException(
                            "a second token for " + entry.holder().name());
                }
                entries.add(entry);
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException("token file " + file + ", line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        if (entries.isEmpty()) {
            throw new IllegalStateException("the token file " + file + " has no token, so nobody could get in");
        }
        return new Tokens(entries);
    }

    /** Who holds {@code token}; takes as long for a wrong one as for a right one. */
    public Optional<Holder> holder(String token) {
        byte[] hash = sha256(token);
        Optional<Holder> found = Optional.empty();
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(hash, entry.hash())) {
                found = Optional.of(entry.holder());
            }
        }
        return found;
    }

    /** The last word of the file's line for a token. */
    public static String hashed(String token) {
        return HASH_PREFIX + HexFormat.of().formatHex(sha256(token));
    }

    private static Entry entry(String line) {
        String[] words = line.split("\\s+", -1);
        if (words.length != 3) {
            // The line itself is not repeated: it may hold a token that was meant to be hashed.
            throw new IllegalArgumentException("has " + words.length
                    + " words instead of 3: name role[,role] sha256:<hex of the token's SHA-256>");
        }
        if (words[0].indexOf(':') >= 0) {
            // So that nobody here is taken for somebody whom an issuer names, now or in an older audit.
            throw new IllegalArgumentException(
                    "the name has a colon, as only names of an OpenID Connect issuer's people have");
        }
        Set<String> roles = Set.copyOf(List.of(words[1].split(",", -1)));
        for (String role : roles) {
            if (!ROLES.contains(role)) {
                throw new IllegalArgumentException("role '" + role + "' is none of " + String.join(", ", ROLES));
            }
        }
        return new Entry(new Holder(words[0], roles), hash(words[2]));
    }

    private static byte[] hash(String word) {
        if (word.startsWith(HASH_PREFIX)) {
            try {
                byte[] hash = HexFormat.of().parseHex(word.substring(HASH_PREFIX.length()));
                if (hash.length == HASH_BYTES) {
                    return hash;
                }
            } catch (IllegalArgumentException e) {
                // Said below, without the word: it may be a token that was meant to be hashed.
            }
        }
        throw new IllegalArgumentException("the third word is not sha256: and 64 hex digits");
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
