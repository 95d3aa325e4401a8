package dev.hubferry.storage.adapter.ssh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads getfattr's output: for each path that has any, its attributes; paths in the order in which they are asked for. */
final class AttributeRecords {
    private static final String FILE = "# file: ";

    private final BufferedReader lines;
    private @Nullable String path;
    private String values = "";
    private boolean started;

    AttributeRecords(InputStream output) {
        this.lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.ISO_8859_1), 1 << 16);
    }

    /** The attributes of a path, sorted, one a line; empty for none. */
    String of(String wanted) throws IOException {
        if (!started) {
            started = true;
            read();
        }
        if (!wanted.equals(path)) {
            return "";
        }
        String found = values;
        read();
        return found;
    }

    /** @throws IllegalStateException when paths are left: they came in another order than was asked for */
    void expectEnd() {
        if (path != null) {
            throw new IllegalStateException("attributes of a path that the tree does not have: " + path);
        }
    }

    private void read() throws IOException {
        path = null;
        Set<String> sorted = new TreeSet<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(FILE)) {
                path = unescape(line.substring(FILE.length()));
            } else if (line.isEmpty()) {
                break;
            } else {
                sorted.add(line);
            }
        }
        values = String.join("\n", sorted);
    }

    /** getfattr writes some bytes of names as a backslash and three octal digits. */
    static String unescape(String name) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' && i + 3 < name.length() && isOctal(name, i + 1)) {
                plain.append((char) Integer.parseInt(name.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static boolean isOctal(String name, int from) {
        for (int i = from; i < from + 3; i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '7') {
                return false;
            }
        }
        return true;
    }
}
