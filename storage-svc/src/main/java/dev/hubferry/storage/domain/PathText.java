package dev.hubferry.storage.domain;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Paths of homes are bytes, not text. Inside the service they are kept as ISO 8859-1 strings, one char for each byte, so that nothing
 * is lost and strings sort as the bytes do; this class makes them readable for people.
 */
public final class PathText {
    /** Longer ones are cut when they are shown: twenty of them have to fit into a message. */
    private static final int SHOWN = 1000;

    private PathText() {}

    /** The bytes as UTF-8 when they are that, with control characters (and bytes that are not UTF-8) written as {@code \xNN}. */
    public static String show(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.ISO_8859_1);
        String decoded = decode(bytes);
        StringBuilder shown = new StringBuilder();
        for (char c : decoded.toCharArray()) {
            if (c < ' ' || c == 0x7f) {
                shown.append("\\x%02x".formatted((int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.length() <= SHOWN ? shown.toString() : shown.substring(0, SHOWN) + "…";
    }

    /** Up to {@code limit} paths, comma-separated, and how many more there are. */
    public static String show(List<String> paths, int limit) {
        String first = String.join(
                ", ",
                paths.stream().limit(limit).map(path -> "'" + show(path) + "'").toList());
        return paths.size() <= limit ? first : first + " and " + (paths.size() - limit) + " more";
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            StringBuilder escaped = new StringBuilder();
            for (byte b : bytes) {
                escaped.append(b >= 0 ? String.valueOf((char) b) : "\\x%02x".formatted(b & 0xff));
            }
            return escaped.toString();
        }
    }
}
