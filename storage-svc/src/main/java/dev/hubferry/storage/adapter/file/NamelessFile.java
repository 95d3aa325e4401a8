package dev.hubferry.storage.adapter.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that only its owner can read, and that has lost its name as soon as it was open. Not a channel: those are closed by an
 * interrupt, with everything in them.
 */
final class NamelessFile implements AutoCloseable {
    private final RandomAccessFile file;

    private NamelessFile(RandomAccessFile file) {
        this.file = file;
    }

    static NamelessFile in(Path directory) throws IOException {
        Path path = Files.createTempFile(directory, "hubferry-", ".spool");
        try {
            return new NamelessFile(new RandomAccessFile(path.toFile(), "rw"));
        } finally {
            Files.deleteIfExists(path);
        }
    }

    synchronized long length() throws IOException {
        return file.length();
    }

    /** Writes at the end. */
    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                append(bytes, offset, length);
            }
        };
    }

    /** Reads from the beginning. */
    InputStream input() {
        return new InputStream() {
            private long position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int n = readAt(position, bytes, offset, length);
                position += Math.max(0, n);
                return n;
            }
        };
    }

    private synchronized void append(byte[] bytes, int offset, int length) throws IOException {
        file.seek(file.length());
        file.write(bytes, offset, length);
    }

    private synchronized int readAt(long position, byte[] bytes, int offset, int length) throws IOException {
        file.seek(position);
        return file.read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
