package dev.hubferry.storage.adapter.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Wakes the thread that waits for a command once the command is late; the connection, which others use too, stays as it is. */
final class Watchdog {
    private boolean late;
    private @Nullable Thread waiting;

    /** Something that waits for the host. */
    @FunctionalInterface
    interface Wait<T> {
        T come() throws IOException, InterruptedException;
    }

    /** @throws IOException also when the command is late, or becomes late meanwhile */
    <T> T await(Wait<T> wait) throws IOException {
        begin();
        try {
            return wait.come();
        } catch (IOException | InterruptedException e) {
            if (isLate()) {
                IOException late = new IOException("the command is late");
                late.addSuppressed(e);
                throw late;
            }
            if (e instanceof IOException failure) {
                throw failure;
            }
            InterruptedIOException interrupted = new InterruptedIOException("interrupted in a remote command");
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            end();
        }
    }

    synchronized void bark() {
        late = true;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    synchronized boolean isLate() {
        return late;
    }

    InputStream guard(InputStream stream) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return await(stream::read);
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return await(() -> stream.read(buffer, offset, length));
            }
        };
    }

    OutputStream guard(OutputStream stream) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                await(() -> {
                    stream.write(buffer, offset, length);
                    return length;
                });
            }

            @Override
            public void flush() throws IOException {
                await(() -> {
                    stream.flush();
                    return 0;
                });
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    private synchronized void begin() throws IOException {
        if (late) {
            throw new IOException("the command is late");
        }
        waiting = Thread.currentThread();
    }

    private synchronized void end() {
        waiting = null;
        if (late) {
            // It was meant for what has just ended.
            var unused = Thread.interrupted();
        }
    }
}
