package dev.hubferry.storage.domain.content;

import dev.hubferry.storage.domain.Spool;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The form in which hashes are kept: a first record that names it, the hashes in their order, and a last record with their number and a
 * hash over them. One that is not whole, not in order or not known is as good as none.
 */
public final class HashStore {
    private static final String HEADER = "hubferry-hashes/1";
    private static final String END = "end ";

    private HashStore() {}

    /** Writes a store; {@link #end} has to come last. */
    public static final class Writer {
        private final Spool spool;
        private final MessageDigest digest = sha256();
        private String last = "";
        private long count;

        public Writer(Spool spool) {
            this.spool = spool;
            spool.add(HEADER);
        }

        public void add(ContentHash hash) {
            if (hash.key().compareTo(last) <= 0) {
                throw new IllegalArgumentException(
                        "hashes come in their order, but " + last + " came before " + hash.key());
            }
            last = hash.key();
            count++;
            String record = hash.record();
            update(digest, record);
            spool.add(record);
        }

        public void addAll(HashStream hashes) throws InterruptedException {
            for (Optional<ContentHash> next = hashes.next(); next.isPresent(); next = hashes.next()) {
                add(next.get());
            }
        }

        public long count() {
            return count;
        }

        public void end() {
            spool.add(endOf(count, digest));
        }
    }

    /** The hashes of a store; none when anything is wrong with it, which is found out first. */
    public static HashStream read(Spool spool) {
        return isWhole(spool) ? stream(spool) : () -> Optional.empty();
    }

    /** Whether it is a store from its first to its last record. */
    public static boolean isWhole(Spool spool) {
        try {
            Spool.Records records = spool.read();
            MessageDigest digest = sha256();
            String last = "";
            long count = 0;
            boolean known = records.next().filter(HEADER::equals).isPresent();
            while (known) {
                Optional<String> record = records.next();
                if (record.isEmpty() || isEnd(record.get())) {
                    return record.isPresent()
                            && record.get().equals(endOf(count, digest))
                            && records.next().isEmpty();
                }
                String key = ContentHash.parse(record.get()).key();
                known = key.compareTo(last) > 0;
                last = key;
                count++;
                update(digest, record.get());
            }
            return false;
        } catch (UncheckedIOException | IllegalArgumentException e) {
            // It was cut off, or is something else: contents are read again, and the next one takes its place.
            return false;
        }
    }

    private static HashStream stream(Spool spool) {
        Spool.Records records = spool.read();
        records.next();
        return () -> records.next().filter(record -> !isEnd(record)).map(ContentHash::parse);
    }

    /** Paths begin with a dot. */
    private static boolean isEnd(String record) {
        return record.startsWith(END);
    }

    private static String endOf(long count, MessageDigest digest) {
        return END + count + " " + HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, String record) {
        digest.update(record.getBytes(StandardCharsets.ISO_8859_1));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
