package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.adapter.file.RecordInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads NUL-separated records, each as text of one char for each byte. */
final class NulRecords {
    private final RecordInput input;

    NulRecords(InputStream input) {
        this.input = new RecordInput(input);
    }

    /**
     * @return empty at the end
     * @throws IOException also when the last record is cut off
     */
    Optional<String> next() throws IOException {
        return input.next();
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
