package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.sshj.connection.channel.direct.Session;

/** A command in a channel of its own, given up when its deadline passes. */
final class SshjProcess implements RemoteProcess {
    private static final int ERRORS_KEPT = 16 << 10;

    private final String host;
    private final HostCommand command;
    private final Session session;
    private final Session.Command running;
    private final Place place;
    private final Watchdog watchdog = new Watchdog();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread errorReader;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    /** What a command takes up of a connection that others use too. */
    interface Place {
        /** The command was given up, but may go on at the host. */
        void hangs();

        /** Another command may begin. */
        void free();

        /** The connection is not needed any more. */
        void leave();
    }

    SshjProcess(String host, HostCommand command, Session session, Session.Command running, Place place) {
        this.host = host;
        this.command = command;
        this.session = session;
        this.running = running;
        this.place = place;
        this.errorReader = Thread.ofVirtual().start(this::readErrors);
        Thread.ofVirtual().start(this::watch);
    }

    @Override
    public OutputStream stdin() {
        return watchdog.guard(running.getOutputStream());
    }

    @Override
    public InputStream stdout() {
        return watchdog.guard(running.getInputStream());
    }

    @Override
    public byte[] read(int limit) throws InterruptedException {
        try {
            byte[] output = stdout().readNBytes(limit);
            if (output.length == limit) {
                throw new IllegalStateException(command.name() + " on " + host + " printed too much");
            }
            return output;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public HostResult await(byte[] output) throws InterruptedException {
        try {
            watchdog.await(() -> {
                running.join(command.deadline().toMillis(), TimeUnit.MILLISECONDS);
                errorReader.join();
                return running;
            });
        } catch (IOException e) {
            throw lost(e);
        }
        Integer exit = running.getExitStatus();
        if (exit == null) {
            throw lost(new IOException("the command ended without an exit code"));
        }
        ended.set(true);
        return new HostResult(command.name(), exit, output, errorText());
    }

    @Override
    public RuntimeException lost(Exception cause) throws InterruptedException {
        rethrowInterrupt(cause);
        String why = watchdog.isLate() ? "took longer than " + command.deadline() : "lost its connection";
        return Refusal.of(ErrorCode.SSH_UNREACHABLE, "%s on %s %s".formatted(command.name(), host, why), cause);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        over.countDown();
        if (!ended.get()) {
            place.hangs();
        }
        place.free();
        // The host confirms a close only when its process has ended; nobody should wait for one that is given up.
        Thread.ofVirtual().start(this::closeChannel);
    }

    private void closeChannel() {
        try {
            session.close();
        } catch (IOException e) {
            // The channel is as closed as it can be: its connection is gone.
        } finally {
            place.leave();
        }
    }

    /** sshj and java.io wrap interrupts in their own exceptions. */
    static void rethrowInterrupt(Exception thrown) throws InterruptedException {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            boolean timeout = cause instanceof SocketTimeoutException;
            if (cause instanceof InterruptedException || (cause instanceof InterruptedIOException && !timeout)) {
                Thread.interrupted();
                InterruptedException interrupted = new InterruptedException("interrupted in a remote command");
                interrupted.initCause(thrown);
                throw interrupted;
            }
        }
    }

    private void watch() {
        try {
            if (!over.await(command.deadline().toMillis(), TimeUnit.MILLISECONDS)) {
                place.hangs();
                watchdog.bark();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readErrors() {
        byte[] buffer = new byte[4096];
        try (InputStream stream = running.getErrorStream()) {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException e) {
            keep("(connection lost)".getBytes(StandardCharsets.US_ASCII), 17);
        }
    }

    private synchronized void keep(byte[] bytes, int length) {
        if (errors.size() < ERRORS_KEPT) {
            errors.write(bytes, 0, length);
        }
    }

    private synchronized String errorText() {
        return errors.toString(StandardCharsets.UTF_8);
    }
}
