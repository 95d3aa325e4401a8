package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.domain.content.FileStamp;
import dev.hubferry.storage.domain.content.HashedBatch.Clocks;
import dev.hubferry.storage.domain.content.HashedFile;
import dev.hubferry.storage.domain.content.HashedFile.Place;
import dev.hubferry.storage.domain.content.WantedFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What hash.sh printed.
 *
 * @param clocks at its beginning
 * @param files those that were asked for
 */
record HashRecords(Clocks clocks, List<HashedFile> files) {
    private static final String SEPARATOR = "//";
    private static final int CLOCK_FIELDS = 3;
    private static final int STAMP_FIELDS = 6;

    /** @param wanted in the order of their keys */
    static HashRecords read(RemoteProcess process, List<WantedFile> wanted) throws InterruptedException {
        try {
            NulRecords records = new NulRecords(process.stdout());
            Optional<String> first = records.next();
            if (first.isEmpty()) {
                return new HashRecords(new Clocks(BigDecimal.ZERO, "", BigDecimal.ZERO), List.of());
            }
            Clocks clocks = clocks(first.get());
            List<HashedFile> files = new ArrayList<>(wanted.size());
            Optional<String> next = records.next();
            for (WantedFile file : wanted) {
                String prefix = file.path() + SEPARATOR;
                Builder builder = new Builder(file.path());
                while (next.isPresent() && next.get().startsWith(prefix)) {
                    builder.add(next.get().substring(prefix.length()));
                    next = records.next();
                }
                files.add(builder.build());
            }
            if (next.isPresent()) {
                throw new IllegalStateException("nobody asked for this: " + next.get());
            }
            return new HashRecords(clocks, files);
        } catch (IOException e) {
            throw process.lost(e);
        }
    }

    private static Clocks clocks(String record) {
        String[] fields = fields(record, CLOCK_FIELDS);
        return new Clocks(new BigDecimal(fields[0]), fields[1], new BigDecimal(fields[2]));
    }

    private static String[] fields(String record, int number) {
        String[] fields = record.split(" ", -1);
        if (fields.length != number) {
            throw new IllegalStateException("not a record of hash.sh: " + record);
        }
        return fields;
    }

    /** Puts the records about one path together. */
    private static final class Builder {
        private final String path;
        private Optional<Place> place = Optional.empty();
        private Optional<FileStamp> before = Optional.empty();
        private Optional<String> content = Optional.empty();
        private Optional<FileStamp> after = Optional.empty();

        Builder(String path) {
            this.path = path;
        }

        /** @param record what stands behind {@code PATH//} */
        void add(String record) {
            String rest = record.substring(1);
            switch (record.charAt(0)) {
                case '0' -> {
                    String[] fields = fields(rest, STAMP_FIELDS);
                    before = Optional.of(stamp(fields));
                    place = Optional.of(new Place(fields[4], fields[5]));
                }
                case '1' -> content = Optional.of(rest);
                case '2' -> after = Optional.of(stamp(fields(rest, STAMP_FIELDS)));
                default -> throw new IllegalStateException("unknown record of " + path + ": " + record);
            }
        }

        /** TYPE INODE CTIME SIZE DEVICE FILESYSTEM; what has changed its type has another inode, too. */
        private static FileStamp stamp(String[] fields) {
            return new FileStamp(fields[1], fields[2], Long.parseLong(fields[3]));
        }

        HashedFile build() {
            return new HashedFile(path, place, before, content, after);
        }
    }
}
