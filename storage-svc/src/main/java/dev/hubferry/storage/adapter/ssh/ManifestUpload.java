package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.Failpoint;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

/** Writes a manifest, compressed, to the run directory on the target; it counts only once a pass is prepared with it. */
final class ManifestUpload implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofHours(2);
    private static final int BUFFER = 1 << 16;
    private static final int FASTEST = 1;

    private final RemoteShell shell;
    private final RemoteProcess process;
    private final Counting sent;
    private final OutputStream records;

    private ManifestUpload(RemoteShell shell, RemoteProcess process) throws IOException {
        this.shell = shell;
        this.process = process;
        this.sent = new Counting(process.stdin());
        this.records = new GZIPOutputStream(sent, BUFFER) {
            {
                def.setLevel(FASTEST);
            }
        };
    }

    /** @param name of the file in the run directory */
    @Failpoint("storage.scan.upload")
    static ManifestUpload open(RemoteShell target, TargetPlaces places, String name) throws InterruptedException {
        RemoteProcess process =
                target.start(HostCommand.script("upload", places.run(), name).within(DEADLINE));
        try {
            return new ManifestUpload(target, process);
        } catch (IOException e) {
            RuntimeException lost = process.lost(e);
            process.close();
            throw lost;
        }
    }

    void add(ManifestEntry entry) throws InterruptedException {
        try {
            records.write(entry.record().getBytes(StandardCharsets.ISO_8859_1));
            records.write(0);
        } catch (IOException e) {
            throw process.lost(e);
        }
    }

    /** @return the size of the file in bytes */
    long finish() throws InterruptedException {
        try {
            records.close();
        } catch (IOException e) {
            throw process.lost(e);
        }
        HostResult kept = process.await(process.read(RemoteShell.OUTPUT_LIMIT));
        if (kept.exit() != 0) {
            throw RunDirectory.failure(shell, kept);
        }
        return sent.bytes;
    }

    @Override
    public void close() {
        process.close();
    }

    /** Counts what goes by. */
    private static final class Counting extends FilterOutputStream {
        private long bytes;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            out.write(b, off, len);
            bytes += len;
        }
    }
}
