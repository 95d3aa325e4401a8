package dev.hubferry.storage.adapter.file;

import dev.hubferry.storage.domain.Spool;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Records in a file, each with a NUL behind it, compressed by gzip. */
final class TempSpool implements Spool {
    private static final int BUFFER = 1 << 16;

    private final NamelessFile file;
    private final OutputStream records;
    private boolean written;

    TempSpool(NamelessFile file) throws IOException {
        this.file = file;
        this.records = new BufferedOutputStream(new Fast(new BufferedOutputStream(file.output(), BUFFER)), BUFFER);
    }

    private TempSpool(NamelessFile file, OutputStream records) {
        this.file = file;
        this.records = records;
        this.written = true;
    }

    /** With what a file has already. */
    static TempSpool written(NamelessFile file) {
        return new TempSpool(file, OutputStream.nullOutputStream());
    }

    @Override
    public void add(String record) {
        if (written) {
            throw new IllegalStateException("a spool that is read takes no more records");
        }
        try {
            records.write(record.getBytes(StandardCharsets.ISO_8859_1));
            records.write(0);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public Records read() {
        finish();
        try {
            if (file.length() == 0) {
                return Optional::empty;
            }
            return new Reading(new GZIPInputStream(file.input(), BUFFER));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public long compressedSize() {
        finish();
        try {
            return file.length();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public InputStream compressed() {
        finish();
        return file.input();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void finish() {
        if (!written) {
            written = true;
            try {
                records.close();
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    private static UncheckedIOException failure(IOException cause) {
        return new UncheckedIOException("what was put aside cannot be written or read", cause);
    }

    /** Compresses as fast as it can. */
    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static final class Reading implements Records {
        private final RecordInput input;

        Reading(InputStream input) {
            this.input = new RecordInput(input);
        }

        @Override
        public Optional<String> next() {
            try {
                return input.next();
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }
}
