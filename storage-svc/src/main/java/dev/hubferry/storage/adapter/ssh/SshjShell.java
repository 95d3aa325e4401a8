package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.adapter.ssh.HostCommand.Account;
import dev.hubferry.storage.domain.Refusal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.TransportException;
import org.jspecify.annotations.Nullable;

/** Runs commands on a host over one ssh connection, made anew after it was lost or retired. */
final class SshjShell implements RemoteShell, AutoCloseable {
    /** Commands at a time on the connection: well below sshd's default MaxSessions of 10. */
    private static final int CHANNELS = 6;

    /** All that share a connection are short: one whose turn has not come by then would wait behind commands that hang. */
    private static final Duration TURN = Duration.ofSeconds(90);

    /** A connection that nobody has used for so long is given up: migrations take days. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final StorageServer server;
    private final Duration turn;
    private final Semaphore channels = new Semaphore(CHANNELS, true);
    private final AtomicLong uses = new AtomicLong();
    private final Set<SshjConnection> open = ConcurrentHashMap.newKeySet();
    private @Nullable SshjConnection current;

    SshjShell(StorageServer server) {
        this(server, TURN);
    }

    /** @param turn how long a command may wait for its turn */
    SshjShell(StorageServer server, Duration turn) {
        this.server = server;
        this.turn = turn;
    }

    @Override
    public String label() {
        return server.label();
    }

    @Override
    public RemoteProcess start(HostCommand command) throws InterruptedException {
        if (!channels.tryAcquire(turn.toMillis(), TimeUnit.MILLISECONDS)) {
            throw Refusal.of(
                    ErrorCode.SSH_UNREACHABLE,
                    "%s on %s had to wait for longer than %s: %d other commands have not ended"
                            .formatted(command.name(), label(), turn, CHANNELS));
        }
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

    /** Whether every command that was begun has ended, so that nobody finds those of another one on its connection. */
    synchronized boolean isFree() {
        open.removeIf(SshjConnection::isOver);
        return channels.availablePermits() == CHANNELS && open.stream().noneMatch(SshjConnection::isRetired);
    }

    /** Whether the next command needs no login; waits for a login that is under way. */
    synchronized boolean isConnected() {
        SshjConnection known = current;
        return known != null && known.takesCommands();
    }

    /** Cuts off all commands. */
    @Override
    public synchronized void close() {
        current = null;
        open.forEach(SshjConnection::close);
        open.clear();
    }

    private SshjProcess open(HostCommand command) throws InterruptedException {
        boolean again = false;
        while (true) {
            SshjConnection connection = entered();
            try {
                return begin(command, connection);
            } catch (ConnectionException | TransportException e) {
                connection.retire();
                connection.leave();
                SshjProcess.rethrowInterrupt(e);
                if (again) {
                    throw Refusal.of(
                            ErrorCode.SSH_UNREACHABLE, label() + " does not take commands: " + e.getMessage(), e);
                }
                // The connection may have died long ago without a word; a new one is worth one try.
                again = true;
            }
        }
    }

    private SshjProcess begin(HostCommand command, SshjConnection connection)
            throws ConnectionException, TransportException {
        String sudo =
                command.account() == Account.ROOT && server.sudo() == StorageServer.Sudo.SUDO ? "sudo -n -- " : "";
        Session session = connection.session();
        Session.Command running = session.exec(sudo + command.line());
        return new SshjProcess(label(), command, session, running, new SshjProcess.Place() {
            @Override
            public void hangs() {
                // The session goes on at the host for as long as its process does, and counts there.
                connection.retire();
            }

            @Override
            public void free() {
                channels.release();
            }

            @Override
            public void leave() {
                connection.leave();
            }
        });
    }

    /** The connection, with room for one more command. */
    private synchronized SshjConnection entered() throws InterruptedException {
        SshjConnection known = current;
        if (known != null && known.enter()) {
            return known;
        }
        if (known != null) {
            known.retire();
        }
        SshjConnection made = SshjConnection.open(server);
        open.removeIf(SshjConnection::isOver);
        open.add(made);
        current = made;
        if (!made.enter()) {
            throw Refusal.of(ErrorCode.SSH_UNREACHABLE, label() + " has hung up at once");
        }
        Thread.ofVirtual().start(() -> retireWhenIdle(made));
        return made;
    }

    private void retireWhenIdle(SshjConnection connection) {
        try {
            long before;
            do {
                before = uses.get();
                Thread.sleep(IDLE);
            } while (before != uses.get() || !connection.isIdle());
            connection.retire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
