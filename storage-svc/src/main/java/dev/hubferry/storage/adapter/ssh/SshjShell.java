package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.adapter.ssh.HostCommand.Account;
import dev.hubferry.storage.domain.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One long-lived ssh connection to a host by sshj, made anew after it was lost. */
final class SshjShell implements RemoteShell, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SshjShell.class);
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    /** A dead link is noticed after (count + 1) intervals: 9 s. */
    private static final int KEEP_ALIVE_SECONDS = 3;

    private static final int KEEP_ALIVE_COUNT = 2;

    /** Commands at a time on the connection: well below sshd's default MaxSessions of 10. */
    private static final int CHANNELS = 6;

    /** A connection that nobody has used for so long is given up: migrations take days. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final StorageServer server;
    private final Semaphore channels = new Semaphore(CHANNELS, true);
    private final AtomicLong uses = new AtomicLong();
    private @Nullable SSHClient client;

    SshjShell(StorageServer server) {
        this.server = server;
    }

    @Override
    public String label() {
        return server.label();
    }

    @Override
    public RemoteProcess start(HostCommand command) throws InterruptedException {
        channels.acquire();
        uses.incrementAndGet();
        boolean started = false;
        try {
            SshjProcess process = open(command);
            started = true;
            return process;
        } finally {
            if (!started) {
                channels.release();
            }
        }
    }

    @Override
    public synchronized void close() {
        disconnect();
    }

    private SshjProcess open(HostCommand command) throws InterruptedException {
        String sudo =
                command.account() == Account.ROOT && server.sudo() == StorageServer.Sudo.SUDO ? "sudo -n -- " : "";
        boolean fresh = false;
        while (true) {
            SSHClient connected = connected();
            try {
                Session session = connected.startSession();
                return new SshjProcess(
                        label(),
                        command,
                        session,
                        session.exec(sudo + command.line()),
                        channels::release,
                        () -> drop(connected));
            } catch (ConnectionException | TransportException e) {
                SshjProcess.rethrowInterrupt(e);
                drop(connected);
                if (fresh) {
                    throw Refusal.of(
                            ErrorCode.SSH_UNREACHABLE, label() + " does not take commands: " + e.getMessage(), e);
                }
                // The connection may have died long ago without a word; a new one is worth one try.
                fresh = true;
            }
        }
    }

    private synchronized SSHClient connected() throws InterruptedException {
        SSHClient known = client;
        if (known != null && known.isConnected() && known.isAuthenticated()) {
            return known;
        }
        disconnect();
        SSHClient made = connect();
        client = made;
        Thread.ofVirtual().start(() -> disconnectWhenIdle(made));
        return made;
    }

    private void disconnectWhenIdle(SSHClient connected) {
        try {
            long before;
            do {
                before = uses.get();
                Thread.sleep(IDLE);
            } while (before != uses.get() || !channels.tryAcquire(CHANNELS));
            drop(connected);
            channels.release(CHANNELS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SSHClient connect() throws InterruptedException {
        DefaultConfig config = new DefaultConfig();
        config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
        SSHClient made = new SSHClient(config);
        PinnedHostKey pinned = PinnedHostKey.of(server);
        made.addHostKeyVerifier(pinned);
        made.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        made.setTimeout(CONNECT_TIMEOUT_MILLIS);
        boolean ready = false;
        try {
            made.connect(server.host(), server.port());
            made.authPublickey(
                    server.user(), made.loadKeys(server.privateKeyFile().toString()));
            keepAlive(made);
            ready = true;
            return made;
        } catch (UserAuthException e) {
            throw Refusal.of(ErrorCode.SSH_AUTH_FAILED, "%s refuses account %s".formatted(label(), server.user()), e);
        } catch (IOException e) {
            SshjProcess.rethrowInterrupt(e);
            throw pinned.refusal().orElseGet(() -> unreachable(e));
        } finally {
            if (!ready) {
                closeQuietly(made);
            }
        }
    }

    private Refusal unreachable(IOException e) {
        return Refusal.of(ErrorCode.SSH_UNREACHABLE, label() + " cannot be reached: " + e.getMessage(), e);
    }

    private static void keepAlive(SSHClient connected) {
        KeepAliveRunner runner = (KeepAliveRunner) connected.getConnection().getKeepAlive();
        runner.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        runner.setMaxAliveCount(KEEP_ALIVE_COUNT);
        if (!runner.isAlive()) {
            runner.setDaemon(true);
            runner.start();
        }
    }

    private synchronized void drop(SSHClient dead) {
        if (client == dead) {
            disconnect();
        }
    }

    private void disconnect() {
        if (client != null) {
            closeQuietly(client);
            client = null;
        }
    }

    private void closeQuietly(SSHClient old) {
        try {
            old.close();
        } catch (IOException e) {
            LOG.debug("closing the connection to {} failed", label(), e);
        }
    }
}
