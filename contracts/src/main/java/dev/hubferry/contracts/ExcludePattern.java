package dev.hubferry.contracts;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for what is not moved of homes.
 *
 * <pre>
 *   .cache            no slash: a name at any depth below a home
 *   *.tmp
 *   work/*{@literal /}scratch    with a slash: a path below a home, one {@link NamePattern} for each name in it
 * </pre>
 *
 * A directory that matches goes with all that is in it. Homes themselves match nothing.
 */
public final class ExcludePattern {
    private static final int LONGEST = 4096;

    private final String text;
    private final List<NamePattern> names;

    private ExcludePattern(String text, List<NamePattern> names) {
        this.text = text;
        this.names = List.copyOf(names);
    }

    /** @throws IllegalArgumentException saying what is wrong with it, as the rest of a sentence that begins with its place */
    public static ExcludePattern parse(String text) {
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        String bytes = bytes(text);
        if (bytes.length() > LONGEST) {
            throw new IllegalArgumentException("is longer than " + LONGEST + " bytes, as no path is");
        }
        if (bytes.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("has the character U+0000, which no name has");
        }
        if (bytes.startsWith("/")) {
            throw wrong(text, "begins with a slash, but is relative to each home");
        }
        if (bytes.endsWith("/")) {
            throw wrong(text, "ends with a slash; without it, it is the directory and all that is in it");
        }
        List<NamePattern> names = new ArrayList<>();
        for (String name : bytes.split("/", -1)) {
            names.add(name(text, name));
        }
        if (names.size() == 1 && names.getFirst().matchesEverything()) {
            throw wrong(text, "is everything, so that nothing would be moved");
        }
        return new ExcludePattern(text, names);
    }

    private static NamePattern name(String text, String name) {
        switch (name) {
            case "" -> throw wrong(text, "has two slashes in a row");
            case ".", ".." -> throw wrong(text, "has the name '" + name + "', which is not resolved");
            case "**" -> throw wrong(text, "has '**': a pattern without a slash is looked for at any depth already");
            default -> {
                try {
                    return NamePattern.parse(name);
                } catch (IllegalArgumentException e) {
                    throw wrong(text, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("'" + text + "' " + why);
    }

    /** UTF-8, one char for each byte. */
    private static String bytes(String text) {
        try {
            return StandardCharsets.ISO_8859_1
                    .decode(StandardCharsets.UTF_8
                            .newEncoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .encode(CharBuffer.wrap(text)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("has half of a surrogate pair, which is no character", e);
        }
    }

    /** Whether the name may stand at any depth below a home; else the pattern is a path below it. */
    public boolean isName() {
        return names.size() == 1;
    }

    /** How many names a path has that matches. */
    public int depth() {
        return names.size();
    }

    /** @param path names below a home, of bytes, one char for each; as many as {@link #depth} says */
    public boolean matches(List<String> path) {
        if (path.size() != names.size()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).matches(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
