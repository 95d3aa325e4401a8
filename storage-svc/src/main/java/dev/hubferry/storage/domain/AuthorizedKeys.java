package dev.hubferry.storage.domain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an authorized_keys file, with a line that can be added and taken out again so that the file is then what it was.
 *
 * <p>The line's comment, {@code hubferry:<migration>[,flag…]}, remembers what adding it changed besides the line itself: that the
 * file or its directory was made, or that the last line had no newline. When another of Hubferry's lines stands below one that is
 * taken out, it inherits the flags, so that lines may go in any order.
 *
 * @param lines each without its newline, as ISO 8859-1 text, one char for each byte
 * @param endsWithNewline whether the last line has one
 */
public record AuthorizedKeys(List<String> lines, boolean endsWithNewline) {
    private static final String TAG = "hubferry:";

    public AuthorizedKeys {
        lines = List.copyOf(lines);
    }

    /** What adding a line changed besides the line. */
    enum Flag {
        MADE_DIRECTORY("made-directory"),
        MADE_FILE("made-file"),
        ADDED_NEWLINE("added-newline");

        private final String word;

        Flag(String word) {
            this.word = word;
        }
    }

    /** What is to become of the file when a line was taken out. */
    public sealed interface After {
        /** Write these bytes. */
        record Keep(AuthorizedKeys keys) implements After {}

        /** Remove the file, and its directory when that was made for it. */
        record Remove(boolean directoryToo) implements After {}
    }

    public static AuthorizedKeys parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.isEmpty()) {
            return new AuthorizedKeys(List.of(), true);
        }
        boolean newline = text.endsWith("\n");
        String body = newline ? text.substring(0, text.length() - 1) : text;
        return new AuthorizedKeys(List.of(body.split("\n", -1)), newline);
    }

    public byte[] bytes() {
        if (lines.isEmpty()) {
            return new byte[0];
        }
        return (String.join("\n", lines) + (endsWithNewline ? "\n" : "")).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Adds a key for a migration, or puts it in the place of another one that the migration had.
     *
     * @param entry options, type and key, without a comment
     * @param madeFile whether the file is only made now
     * @param madeDirectory whether its directory is only made now
     */
    public AuthorizedKeys with(String migration, String entry, boolean madeFile, boolean madeDirectory) {
        Optional<String> old = lineOf(migration);
        List<String> changed = new ArrayList<>(lines);
        if (old.isPresent()) {
            changed.set(lines.indexOf(old.get()), entry + " " + comment(migration, flagsOf(old.get())));
            return new AuthorizedKeys(changed, endsWithNewline);
        }
        Set<Flag> flags = new LinkedHashSet<>();
        if (madeDirectory) {
            flags.add(Flag.MADE_DIRECTORY);
        }
        if (madeFile) {
            flags.add(Flag.MADE_FILE);
        }
        if (!endsWithNewline) {
            flags.add(Flag.ADDED_NEWLINE);
        }
        changed.add(entry + " " + comment(migration, flags));
        return new AuthorizedKeys(changed, true);
    }

    /** The whole line of a migration's key. */
    public Optional<String> lineOf(String migration) {
        return lines.stream()
                .filter(line -> migration.equals(migrationOf(line)))
                .findFirst();
    }

    /** Takes out a migration's key; empty when it has none. */
    public Optional<After> without(String migration) {
        return lineOf(migration).map(line -> without(lines.indexOf(line)));
    }

    private After without(int index) {
        Set<Flag> flags = flagsOf(lines.get(index));
        List<String> rest = new ArrayList<>(lines);
        rest.remove(index);
        int heir = heir(rest, index);
        if (heir >= 0) {
            rest.set(heir, inherit(rest.get(heir), flags));
            return new After.Keep(new AuthorizedKeys(rest, endsWithNewline));
        }
        if (rest.isEmpty() && flags.contains(Flag.MADE_FILE)) {
            return new After.Remove(flags.contains(Flag.MADE_DIRECTORY));
        }
        boolean wasLast = index == rest.size();
        boolean newline = wasLast ? !flags.contains(Flag.ADDED_NEWLINE) : endsWithNewline;
        return new After.Keep(new AuthorizedKeys(rest, rest.isEmpty() || newline));
    }

    /** The line that takes over the flags: Hubferry's next one below; -1 for none. */
    private static int heir(List<String> rest, int from) {
        for (int i = from; i < rest.size(); i++) {
            if (migrationOf(rest.get(i)) != null) {
                return i;
            }
        }
        return -1;
    }

    private static String inherit(String line, Set<Flag> flags) {
        Set<Flag> all = new LinkedHashSet<>(flags);
        all.addAll(flagsOf(line));
        String migration = Objects.requireNonNull(migrationOf(line));
        return line.substring(0, line.lastIndexOf(' ') + 1) + comment(migration, all);
    }

    private static String comment(String migration, Set<Flag> flags) {
        StringBuilder comment = new StringBuilder(TAG + migration);
        flags.forEach(flag -> comment.append(',').append(flag.word));
        return comment.toString();
    }

    private static @Nullable String migrationOf(String line) {
        String comment = line.substring(line.lastIndexOf(' ') + 1);
        if (!comment.startsWith(TAG) || line.startsWith("#")) {
            return null;
        }
        return comment.substring(TAG.length()).split(",", -1)[0];
    }

    private static Set<Flag> flagsOf(String line) {
        String comment = line.substring(line.lastIndexOf(' ') + 1);
        List<String> words = List.of(comment.split(",", -1));
        Set<Flag> flags = new LinkedHashSet<>();
        for (Flag flag : Flag.values()) {
            if (words.contains(flag.word)) {
                flags.add(flag);
            }
        }
        return flags;
    }
}
