package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import dev.hubferry.storage.domain.manifest.ManifestStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A manifest that stands, compressed, in the run directory on the target. */
final class StoredManifest implements ManifestStream, AutoCloseable {
    private static final Duration DEADLINE = Duration.ofHours(2);
    private static final int BUFFER = 1 << 16;

    private final RemoteShell shell;
    private final RemoteProcess process;
    private final NulRecords records;

    private StoredManifest(RemoteShell shell, RemoteProcess process, NulRecords records) {
        this.shell = shell;
        this.process = process;
        this.records = records;
    }

    /** @param name of the file in the run directory */
    static StoredManifest open(RemoteShell target, TargetPlaces places, String name) throws InterruptedException {
        RemoteProcess process =
                target.start(HostCommand.script("get", places.run(), name).within(DEADLINE));
        boolean complete = false;
        try {
            process.stdin().close();
            NulRecords records = new NulRecords(new GZIPInputStream(process.stdout(), BUFFER));
            complete = true;
            return new StoredManifest(target, process, records);
        } catch (IOException e) {
            throw process.lost(e);
        } finally {
            if (!complete) {
                process.close();
            }
        }
    }

    @Override
    public Optional<ManifestEntry> next() throws InterruptedException {
        try {
            Optional<String> record = records.next();
            if (record.isEmpty()) {
                HostResult result = process.await(new byte[0]);
                if (result.exit() != 0) {
                    throw RunDirectory.failure(shell, result);
                }
            }
            return record.map(ManifestEntry::parse);
        } catch (IOException e) {
            throw process.lost(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
