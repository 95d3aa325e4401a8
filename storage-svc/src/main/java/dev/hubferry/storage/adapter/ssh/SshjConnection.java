package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.domain.Refusal;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ssh connection by sshj. A retired one takes no more commands, lets those go on that it has, and is closed after the last: so what
 * is wrong with one command, or with the connection, is no concern of the others.
 */
final class SshjConnection {
    private static final Logger LOG = LoggerFactory.getLogger(SshjConnection.class);
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    /** A dead link is noticed after (count + 1) intervals: 9 s. */
    private static final int KEEP_ALIVE_SECONDS = 3;

    private static final int KEEP_ALIVE_COUNT = 2;

    private final String host;
    private final SSHClient client;
    private int commands;
    private boolean retired;

    private SshjConnection(String host, SSHClient client) {
        this.host = host;
        this.client = client;
    }

    /** @throws Refusal SSH_UNREACHABLE, HOST_KEY_CHANGED, SSH_AUTH_FAILED */
    static SshjConnection open(StorageServer server) throws InterruptedException {
        DefaultConfig config = new DefaultConfig();
        config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
        SSHClient made = new SshjClient(config);
        KeyProvider key = privateKey(made, server);
        PinnedHostKey pinned = PinnedHostKey.of(server);
        made.addHostKeyVerifier(pinned);
        made.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        made.setTimeout(CONNECT_TIMEOUT_MILLIS);
        SshjConnection connection = new SshjConnection(server.label(), made);
        boolean ready = false;
        try {
            made.connect(server.host(), server.port());
            logIn(made, server.user(), key);
            keepAlive(made);
            ready = true;
            return connection;
        } catch (IOException e) {
            SshjProcess.rethrowInterrupt(e);
            // A connection that is lost in the middle of a login is no refusal of it.
            if (e instanceof UserAuthException && made.isConnected() && !isOfTransport(e)) {
                throw Refusal.of(
                        ErrorCode.SSH_AUTH_FAILED, "%s refuses account %s".formatted(server.label(), server.user()), e);
            }
            throw pinned.refusal()
                    .orElseGet(() -> Refusal.of(
                            ErrorCode.SSH_UNREACHABLE, server.label() + " cannot be reached: " + e.getMessage(), e));
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    private static void logIn(SSHClient client, String user, KeyProvider key)
            throws UserAuthException, TransportException {
        try {
            client.authPublickey(user, key);
        } catch (IllegalStateException e) {
            // The client finds a connection that is just being lost so, and not by the exception that it declares.
            throw new TransportException("the connection was lost in the middle of the login", e);
        }
    }

    private static boolean isOfTransport(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransportException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** Before anything is sent: a file that cannot be read is nothing that comes right by trying again. */
    private static KeyProvider privateKey(SSHClient client, StorageServer server) {
        try {
            KeyProvider key = client.loadKeys(server.privateKeyFile().toString());
            key.getPrivate();
            return key;
        } catch (IOException | RuntimeException e) {
            throw Refusal.of(
                    ErrorCode.SSH_AUTH_FAILED,
                    "the private key of %s cannot be read: %s".formatted(server.name(), server.privateKeyFile()),
                    e);
        }
    }

    /** Makes room for one more command; false when the connection takes none any more. */
    synchronized boolean enter() {
        if (!takesCommands()) {
            return false;
        }
        commands++;
        return true;
    }

    synchronized boolean takesCommands() {
        return !retired && client.isConnected() && client.isAuthenticated();
    }

    /** A command that has entered is over. */
    synchronized void leave() {
        commands--;
        closeWhenUnused();
    }

    synchronized void retire() {
        retired = true;
        closeWhenUnused();
    }

    synchronized boolean isRetired() {
        return retired;
    }

    synchronized boolean isIdle() {
        return commands == 0;
    }

    synchronized boolean isOver() {
        return retired && commands == 0;
    }

    /** Cuts off all commands that it has. */
    void close() {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("closing the connection to {} failed", host, e);
        }
    }

    Session session() throws ConnectionException, TransportException {
        try {
            return client.startSession();
        } catch (IllegalStateException e) {
            // As in the login.
            throw new ConnectionException("the connection was lost", e);
        }
    }

    private void closeWhenUnused() {
        if (retired && commands == 0) {
            // Saying good-bye over a dead link takes its time, and nobody has to wait for that.
            Thread.ofVirtual().start(this::close);
        }
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
}
