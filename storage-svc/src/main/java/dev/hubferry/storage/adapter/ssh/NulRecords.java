package dev.hubferry.storage.adapter.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads NUL-separated records, each as text of one char for each byte. */
final class NulRecords {
    private static final int BUFFER = 1 << 16;

    private final InputStream input;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private int next;
    private int end;

    NulRecords(InputStream input) {
        this.input = input;
    }

    /**
     * @return empty at the end
     * @throws IOException also when the last record is cut off
     */
    Optional<String> next() throws IOException {
        begun.reset();
        while (true) {
            for (int i = next; i < end; i++) {
                if (buffer[i] == 0) {
                    return Optional.of(record(i));
                }
            }
            begun.write(buffer, next, end - next);
            next = 0;
            end = Math.max(0, input.read(buffer));
            if (end == 0) {
                return atEnd();
            }
        }
    }

    private String record(int stop) {
        int start = next;
        next = stop + 1;
        if (begun.size() == 0) {
            return new String(buffer, start, stop - start, StandardCharsets.ISO_8859_1);
        }
        begun.write(buffer, start, stop - start);
        return begun.toString(StandardCharsets.ISO_8859_1);
    }

    private Optional<String> atEnd() throws IOException {
        if (begun.size() > 0) {
            throw new IOException("the last record is cut off");
        }
        return Optional.empty();
    }

    /** All records of a text. */
    static List<String> of(String text) {
        List<String> records = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', start)) {
            records.add(text.substring(start, end));
            start = end + 1;
        }
        return records;
    }
}
