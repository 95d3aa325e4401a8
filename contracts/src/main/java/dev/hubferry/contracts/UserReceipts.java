package dev.hubferry.contracts;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a receipt says of each home, compressed, since a message may not be longer than 1 MB: some 10,000 homes fit.
 *
 * @param listed how many homes are listed; the others have their part in the root hash of the receipt all the same
 * @param packed Base64 of gzip of lines in UTF-8, sorted by the bytes of the homes' names: {@code ENTRIES FILES BYTES ROOTHASH USER}
 */
public record UserReceipts(long listed, String packed) {
    /** Leaves room for what a reply and an event have around it. */
    private static final int LONGEST = 800_000;

    /** So many rows are compressed together; only then it is known how long they have become. */
    private static final int TOGETHER = 256;

    private static final int END = 64;

    private static final int FIELDS = 5;

    public UserReceipts {
        Require.notNegative(listed, "listed");
        Require.text(packed, "packed");
    }

    /** As many of the rows as fit, from the first one on. */
    public static UserReceipts pack(List<UserReceipt> rows) {
        try {
            return pack(rows, LONGEST);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    static UserReceipts pack(List<UserReceipt> rows, int longest) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        long listed = 0;
        long room = 0;
        try (GZIPOutputStream lines = new Flushed(compressed)) {
            for (UserReceipt row : rows) {
                byte[] line = line(row);
                if (listed % TOGETHER == 0) {
                    lines.flush();
                    room = longest / 4 * 3 - compressed.size() - END;
                }
                room -= line.length;
                if (room < 0) {
                    break;
                }
                lines.write(line);
                listed++;
            }
        }
        return new UserReceipts(listed, Base64.getEncoder().encodeToString(compressed.toByteArray()));
    }

    /** The rows again. */
    public List<UserReceipt> rows() {
        byte[] compressed = Base64.getDecoder().decode(packed);
        try (GZIPInputStream lines = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            List<UserReceipt> rows = new ArrayList<>();
            new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> rows.add(row(line)));
            return List.copyOf(rows);
        } catch (IOException e) {
            throw new UncheckedIOException("the rows of a receipt are damaged", e);
        }
    }

    private static byte[] line(UserReceipt row) {
        return "%d %d %d %s %s\n"
                .formatted(row.entries(), row.files(), row.bytes(), row.rootHash(), row.user())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static UserReceipt row(String line) {
        String[] fields = line.split(" ", FIELDS);
        return new UserReceipt(
                fields[4], Long.parseLong(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2]), fields[3]);
    }

    /** Compresses as well as it can, and gives everything when it is flushed. */
    private static final class Flushed extends GZIPOutputStream {
        Flushed(ByteArrayOutputStream out) throws IOException {
            super(out, 1 << 13, true);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
