package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.adapter.ssh.SshTreeReader.Homes;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Spool;
import dev.hubferry.storage.domain.TreeReader.EntryStream;
import dev.hubferry.storage.domain.TreeReader.LiveScan;
import dev.hubferry.storage.domain.TreeReader.Tree;
import dev.hubferry.storage.domain.content.HashedBatch;
import dev.hubferry.storage.domain.content.WantedFile;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One tree, read by scripts on its host. */
final class SshTree implements Tree, AutoCloseable {
    /** A process of sha256sum gets no more files at a time, so that none is late with many. */
    private static final int FILES_AT_A_TIME = 256;

    private static final int TURNS = 8;
    private static final long SECONDS_AT_LEAST = 900;
    private static final long BYTES_A_SECOND = 1_000_000;

    private final RemoteShell shell;
    private final Place place;
    private final Homes homes;
    private final CopySettings settings;
    private final KeptHashes kept;
    private final List<RemoteProcess> reading = new ArrayList<>();
    private final List<ManifestScan> scans = new ArrayList<>();

    /**
     * @param label of the tree in words
     * @param onChange what it means when somebody writes to it although nobody may
     * @param homes the homes directory
     * @param scratch a directory for what scripts put aside
     * @param scope of attributes.sh
     */
    record Place(String label, ErrorCode onChange, String homes, String scratch, String scope) {}

    SshTree(RemoteShell shell, Place place, Homes homes, CopySettings settings, KeptHashes kept) {
        this.shell = shell;
        this.place = place;
        this.homes = homes;
        this.settings = settings;
        this.kept = kept;
    }

    @Override
    public String label() {
        return place.label();
    }

    @Override
    public ErrorCode onChange() {
        return place.onChange();
    }

    @Override
    public void sync() throws InterruptedException {
        shell.require(HostCommand.script("sync", place.homes()).within(settings.verifyDeadline()));
    }

    @Override
    public boolean isWhole() {
        return homes.whole();
    }

    @Override
    public LiveScan live() throws InterruptedException {
        ManifestScan scan = scan(true);
        return new LiveScan(scan.began(), scan);
    }

    @Override
    public EntryStream frozen() throws InterruptedException {
        HostCommand attributes = HostCommand.script("attributes", place.homes(), place.scratch(), place.scope());
        String root = NulRecords.of(shell.require(HostCommand.script("homes", place.homes())))
                .getFirst();
        RemoteProcess values = start(attributes);
        return new FrozenStream(scan(false), values, ManifestEntry.parse(root), place.label());
    }

    private ManifestScan scan(boolean live) throws InterruptedException {
        ManifestScan scan = ManifestScan.open(
                shell, new ManifestScan.Place(place.label(), place.homes(), place.scratch(), live), homes.names());
        scans.add(scan);
        return scan;
    }

    private RemoteProcess start(HostCommand command) throws InterruptedException {
        RemoteProcess process = shell.start(command.within(settings.verifyDeadline()));
        reading.add(process);
        return process;
    }

    /** Leaves the input open: its end would tell the script that the connection is lost. */
    private static void send(RemoteProcess process, byte[] input) throws InterruptedException {
        try {
            process.stdin().write(input);
            process.stdin().flush();
        } catch (IOException e) {
            throw process.lost(e);
        }
    }

    @Override
    public HashedBatch hash(List<WantedFile> files) throws InterruptedException {
        byte[] paths =
                RunDirectory.nulSeparated(files.stream().map(WantedFile::path).toList(), "");
        long bytes = files.stream().mapToLong(file -> file.stamp().size()).sum();
        int turns = settings.hashWorkers() * TURNS;
        HostCommand hash = HostCommand.script(
                "hash",
                place.homes(),
                place.scratch(),
                jobs(),
                String.valueOf(Math.clamp(files.size() / turns, 1, FILES_AT_A_TIME)),
                String.valueOf(SECONDS_AT_LEAST + bytes / BYTES_A_SECOND),
                String.valueOf(paths.length));
        try (RemoteProcess process = shell.start(hash.within(settings.verifyDeadline()))) {
            send(process, paths);
            HashRecords records = HashRecords.read(process, files);
            HostResult result = process.await(new byte[0]);
            if (result.exit() != 0) {
                throw Refusal.of(
                        ErrorCode.SOURCE_UNREADABLE,
                        "contents in %s could not be read: %s"
                                .formatted(place.label(), result.describe(shell.label())));
            }
            return new HashedBatch(records.clocks(), records.files(), result.errors());
        }
    }

    private String jobs() {
        return String.valueOf(settings.hashWorkers());
    }

    @Override
    public Optional<Spool> kept() throws InterruptedException {
        return kept.get();
    }

    @Override
    public void keep(Spool hashes) throws InterruptedException {
        kept.put(hashes);
    }

    @Override
    public void close() {
        reading.forEach(RemoteProcess::close);
        scans.forEach(ManifestScan::close);
    }
}
