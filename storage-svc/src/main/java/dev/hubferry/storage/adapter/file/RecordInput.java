package dev.hubferry.storage.adapter.file;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads NUL-separated records, each as text of one char for each byte. */
public final class RecordInput {
    private static final int BUFFER = 1 << 16;

    private final InputStream input;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private int position;
    private int limit;

    public RecordInput(InputStream input) {
        this.input = input;
    }

    /**
     * @return empty at the end
     * @throws IOException also when the last record is cut off
     */
    public Optional<String> next() throws IOException {
        begun.reset();
        while (true) {
            int end = nul();
            if (end < limit) {
                String record = record(end);
                position = end + 1;
                return Optional.of(record);
            }
            begun.write(buffer, position, limit - position);
            position = 0;
            limit = Math.max(0, input.read(buffer, 0, BUFFER));
            if (limit == 0) {
                if (begun.size() > 0) {
                    throw new EOFException("the last record is cut off");
                }
                return Optional.empty();
            }
        }
    }

    private int nul() {
        int at = position;
        while (at < limit && buffer[at] != 0) {
            at++;
        }
        return at;
    }

    private String record(int end) {
        if (begun.size() == 0) {
            return new String(buffer, position, end - position, StandardCharsets.ISO_8859_1);
        }
        begun.write(buffer, position, end - position);
        return begun.toString(StandardCharsets.ISO_8859_1);
    }
}
