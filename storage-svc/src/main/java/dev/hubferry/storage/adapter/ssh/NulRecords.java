package dev.hubferry.storage.adapter.ssh;

import java.io.BufferedInputStream;
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
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();

    NulRecords(InputStream input) {
        this.input = new BufferedInputStream(input, BUFFER);
    }

    /**
     * @return empty at the end
     * @throws IOException also when the last record is cut off
     */
    Optional<String> next() throws IOException {
        record.reset();
        int b = input.read();
        if (b < 0) {
            return Optional.empty();
        }
        while (b > 0) {
            record.write(b);
            b = input.read();
        }
        if (b < 0) {
            throw new IOException("the last record is cut off");
        }
        return Optional.of(record.toString(StandardCharsets.ISO_8859_1));
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
