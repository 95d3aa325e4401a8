package dev.hubferry.cli.text;

/**
 * Makes text of a server harmless on a terminal: names of homes, hosts and people come from others, and an escape sequence in one of them could
 * rewrite what was printed before it.
 */
public final class SafeText {
    /** More of one line would be read by nobody. */
    static final int LONGEST = 2_000;

    private SafeText() {}

    /** One line without control characters, direction marks and what has no glyph; those are shown by their code points. */
    public static String line(String text) {
        return shortened(text, LONGEST);
    }

    /** The same with at most {@code most} characters. */
    public static String shortened(String text, int most) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (isHarmless(point)) {
                safe.appendCodePoint(point);
            } else {
                safe.append("\\u{%x}".formatted(point));
            }
            if (safe.length() > most) {
                safe.setLength(Math.max(0, most - 3));
                return safe.append("...").toString();
            }
        }
        return safe.toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** So that a name that the server gives can be pasted into a shell. */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9@%+=:,./_-]+") && !word.startsWith("-")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
