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

/** A command in a channel of its own, given up by a watchdog when its deadline passes. */
final class SshjProcess implements RemoteProcess {
    private static final int ERRORS_KEPT = 16 << 10;

    private final String host;
    private final HostCommand command;
    private final Session session;
    private final Session.Command running;
    private final Runnable onClose;
    private final Runnable onLate;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean late = new AtomicBoolean();
    private final Thread errorReader;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    SshjProcess(
            String host,
            HostCommand command,
            Session session,
            Session.Command running,
            Runnable onClose,
            Runnable onLate) {
        this.host = host;
        this.command = command;
        this.session = session;
        this.running = running;
        this.onClose = onClose;
        this.onLate = onLate;
        this.errorReader = Thread.ofVirtual().start(this::readErrors);
        Thread.ofVirtual().start(this::watch);
    }

    @Override
    public OutputStream stdin() {
        return running.getOutputStream();
    }

    @Override
    public InputStream stdout() {
        return running.getInputStream();
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
            running.join(command.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            throw lost(e);
        }
        errorReader.join();
        Integer exit = running.getExitStatus();
        if (exit == null) {
            throw lost(new IOException("the command ended without an exit code"));
        }
        return new HostResult(command.name(), exit, output, errorText());
    }

    @Override
    public RuntimeException lost(Exception cause) throws InterruptedException {
        rethrowInterrupt(cause);
        String why = late.get() ? "took longer than " + command.deadline() : "lost its connection";
        return Refusal.of(ErrorCode.SSH_UNREACHABLE, "%s on %s %s".formatted(command.name(), host, why), cause);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        ended.countDown();
        // The host confirms a close only when its process has ended; nobody should wait for one that is given up.
        Thread.ofVirtual().start(this::closeChannel);
    }

    private void closeChannel() {
        try {
            session.close();
        } catch (IOException e) {
            // The channel is as closed as it can be: its connection is gone.
        } finally {
            onClose.run();
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
            if (!ended.await(command.deadline().toMillis(), TimeUnit.MILLISECONDS)) {
                late.set(true);
                onLate.run();
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
