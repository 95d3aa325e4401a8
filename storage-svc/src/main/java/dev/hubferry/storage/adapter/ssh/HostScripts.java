package dev.hubferry.storage.adapter.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The shell scripts that run on hosts, and a file that they need; they stand beside this class as resources. */
final class HostScripts {
    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();
    private static final String INCLUDE = "#include ";

    private HostScripts() {}

    /** The text of a file beside this class that is no script. */
    static String file(String name) {
        return read(name);
    }

    /** The text of {@code name.sh}; a line {@code #include other} is replaced by that script's text. */
    static String text(String name) {
        String known = TEXTS.get(name);
        if (known == null) {
            known = load(name);
            TEXTS.put(name, known);
        }
        return known;
    }

    private static String load(String name) {
        StringBuilder text = new StringBuilder();
        read(name + ".sh")
                .lines()
                .forEach(line -> text.append(line.startsWith(INCLUDE) ? load(line.substring(INCLUDE.length())) : line)
                        .append('\n'));
        return text.toString();
    }

    private static String read(String name) {
        try (InputStream resource = HostScripts.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalArgumentException("no file " + name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("file " + name, e);
        }
    }
}
