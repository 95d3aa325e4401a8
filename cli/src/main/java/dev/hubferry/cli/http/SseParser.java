package dev.hubferry.cli.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads events from bytes. What is not ended by an empty line was cut off and is no event. */
final class SseParser {
    /** Four times what a message of Kafka may be. */
    static final int LARGEST = 4 * 1024 * 1024;

    private final InputStream in;
    private final int largest;
    private boolean afterCarriageReturn;
    private boolean lineCut;

    private String id = "";
    private String type = "";
    private final StringBuilder data = new StringBuilder();
    private boolean tooLarge;

    /** @param in is read byte by byte, so it should be buffered */
    SseParser(InputStream in, int largest) {
        this.in = in;
        this.largest = largest;
    }

    SseEvent next() throws IOException {
        clear();
        boolean any = false;
        while (true) {
            String line = line();
            if (line == null) {
                return new SseEvent.End();
            }
            if (line.startsWith(":")) {
                if (!any) {
                    return new SseEvent.Comment();
                }
            } else if (!line.isEmpty()) {
                field(line);
                any = true;
            } else if (any) {
                String text = tooLarge ? "" : data.toString();
                return new SseEvent.Event(
                        id, type, text.endsWith("\n") ? text.substring(0, text.length() - 1) : text, tooLarge);
            }
        }
    }

    private void clear() {
        id = "";
        type = "";
        data.setLength(0);
        tooLarge = false;
    }

    private void field(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (name) {
            case "id" -> id = value;
            case "event" -> type = value;
            case "data" -> add(value);
            default -> {
                // The format says that others are passed over.
            }
        }
    }

    private void add(String value) {
        tooLarge |= lineCut || data.length() + value.length() > largest;
        if (!tooLarge) {
            data.append(value).append('\n');
        }
    }

    /** Ends with LF, CR or both; null at the end of the stream. What is above the limit is read and dropped. */
    private @org.jspecify.annotations.Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        lineCut = false;
        while (true) {
            int read = in.read();
            boolean restOfBreak = afterCarriageReturn && read == '\n';
            afterCarriageReturn = false;
            if (restOfBreak) {
                continue;
            }
            if (read < 0) {
                return null;
            }
            if (read == '\n' || read == '\r') {
                afterCarriageReturn = read == '\r';
                return line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() < largest) {
                line.write(read);
            } else {
                lineCut = true;
            }
        }
    }
}
