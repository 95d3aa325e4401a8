package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.Spool;
import dev.hubferry.storage.domain.Spool.Spools;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** The hashes of one tree in a file of the run directory; they go with the route. */
final class KeptHashes {
    private static final int NONE = 75;
    private static final int CUT_OFF = 74;

    /** A host whose disk stands still for half a minute takes no more input, and that counts as a lost one. */
    private static final int ATTEMPTS = 3;

    private static final Duration DEADLINE = Duration.ofHours(2);

    private final RunDirectory directory;
    private final String name;
    private final Spools spools;

    KeptHashes(RunDirectory directory, String name, Spools spools) {
        this.directory = directory;
        this.name = name;
        this.spools = spools;
    }

    Optional<Spool> get() throws InterruptedException {
        RemoteShell shell = directory.shell();
        HostCommand get = HostCommand.script("get", directory.path(), name).within(DEADLINE);
        try (RemoteProcess reading = shell.start(get)) {
            Spool hashes = received(reading);
            boolean complete = false;
            try {
                HostResult result = reading.await(new byte[0]);
                if (result.exit() != 0 && result.exit() != NONE) {
                    throw RunDirectory.failure(shell, result);
                }
                complete = result.exit() == 0;
                return complete ? Optional.of(hashes) : Optional.empty();
            } finally {
                if (!complete) {
                    hashes.close();
                }
            }
        }
    }

    private Spool received(RemoteProcess reading) throws InterruptedException {
        try {
            return spools.of(reading.stdout());
        } catch (UncheckedIOException e) {
            throw reading.lost(e);
        }
    }

    @Failpoint("storage.hashes.keep")
    void put(Spool hashes) throws InterruptedException {
        RemoteShell shell = directory.shell();
        HostCommand put = directory.fenced("put", name, String.valueOf(hashes.compressedSize()));
        for (int attempt = 1; ; attempt++) {
            try (RemoteProcess writing = shell.start(put.within(DEADLINE))) {
                Optional<IOException> broken = send(hashes, writing);
                HostResult result = writing.await(writing.read(RemoteShell.OUTPUT_LIMIT));
                if (result.exit() == 0) {
                    return;
                }
                if (result.exit() != CUT_OFF || broken.isEmpty()) {
                    throw RunDirectory.failure(shell, result);
                }
                if (attempt == ATTEMPTS) {
                    throw writing.lost(broken.get());
                }
            }
        }
    }

    /** What went wrong; a command that ends without reading its input says so by its end. */
    private static Optional<IOException> send(Spool hashes, RemoteProcess writing) throws InterruptedException {
        try (OutputStream stdin = writing.stdin()) {
            hashes.compressed().transferTo(stdin);
            return Optional.empty();
        } catch (IOException e) {
            SshjProcess.rethrowInterrupt(e);
            return Optional.of(e);
        }
    }
}
