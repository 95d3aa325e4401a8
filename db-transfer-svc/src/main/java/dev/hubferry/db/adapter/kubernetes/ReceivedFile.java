package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.db.domain.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** A file that is being received, counted and hashed on the way. */
final class ReceivedFile extends OutputStream {
    private static final long REPORT_EVERY_BYTES = 8L << 20;

    private final DigestOutputStream file;
    private final LongConsumer progress;
    private volatile long bytes;
    private volatile String sha256 = "";

    private ReceivedFile(DigestOutputStream file, LongConsumer progress) {
        this.file = file;
        this.progress = progress;
    }

    /** Starts the file anew. */
    static ReceivedFile at(Path path, LongConsumer progress) throws IOException {
        OutputStream out = Files.newOutputStream(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        return new ReceivedFile(new DigestOutputStream(out, sha256()), progress);
    }

    /** What a file here is, in the words for files there. */
    static StoredFile describe(Path path, String name, int mode) {
        try (InputStream in = Files.newInputStream(path)) {
            MessageDigest digest = sha256();
            byte[] block = new byte[1 << 16];
            long size = 0;
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
                size += read;
            }
            return new StoredFile(name, size, HexFormat.of().formatHex(digest.digest()), mode);
        } catch (IOException e) {
            throw new UncheckedIOException("the copy of the database cannot be read here", e);
        }
    }

    /** Whether size and content are those of {@code sent}; after {@link #close}. */
    boolean is(StoredFile sent) {
        return bytes == sent.sizeBytes() && sha256.equals(sent.sha256());
    }

    /** How many bytes arrived. */
    long bytes() {
        return bytes;
    }

    @Override
    public synchronized void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] block, int offset, int length) throws IOException {
        file.write(block, offset, length);
        long before = bytes;
        bytes = before + length;
        if (before / REPORT_EVERY_BYTES != bytes / REPORT_EVERY_BYTES) {
            progress.accept(bytes);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
        sha256 = HexFormat.of().formatHex(file.getMessageDigest().digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
