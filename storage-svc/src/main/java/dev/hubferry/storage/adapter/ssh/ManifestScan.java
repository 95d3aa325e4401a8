package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import dev.hubferry.storage.domain.manifest.ManifestStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The manifest of some homes as a host lists them now. */
final class ManifestScan implements ManifestStream, AutoCloseable {
    private static final Duration DEADLINE = Duration.ofHours(2);
    private static final int INCOMPLETE = 70;
    private static final String VANISHED = "No such file or directory";

    /** About as much of what a command complains is kept; the last line of so much is cut. */
    private static final int ERRORS_KEPT = 16_000;

    /** Processes that list at a time: more than processors, since they wait for disks. */
    private static final String JOBS = "4";

    private final RemoteProcess process;
    private final NulRecords records;
    private final Place place;
    private @Nullable BigDecimal began;

    private ManifestScan(RemoteProcess process, NulRecords records, Place place) {
        this.process = process;
        this.records = records;
        this.place = place;
    }

    /**
     * What is listed.
     *
     * @param label for errors, such as {@code homes:nfs-old:/export/homes}
     * @param homes the homes directory
     * @param scratch a directory of the route on the same host
     * @param live whether users are at work, and entries may vanish meanwhile
     */
    record Place(String label, String homes, String scratch, boolean live) {
        Refusal failed(HostResult result) {
            String why = result.errors().strip();
            return result.exit() == RunDirectory.NOT_OPEN
                    ? Refusal.of(ErrorCode.HOMES_NOT_FOUND, "%s is no directory: %s".formatted(label, why))
                    : Refusal.of(ErrorCode.SOURCE_UNREADABLE, "%s could not be read whole: %s".formatted(label, why));
        }
    }

    /**
     * Begins to list; whether that can be done at all is seen at the first record.
     *
     * @param names of the homes
     */
    static ManifestScan open(RemoteShell shell, Place place, Iterable<String> names) throws InterruptedException {
        byte[] list = RunDirectory.nulSeparated(names, "");
        HostCommand scan = HostCommand.script(
                        "scan",
                        place.homes(),
                        place.scratch(),
                        JOBS,
                        String.valueOf(list.length),
                        place.live() ? "live" : "still")
                .within(DEADLINE);
        RemoteProcess process = shell.start(scan);
        boolean complete = false;
        try {
            // It stays open: its end would mean that the connection is lost.
            OutputStream stdin = process.stdin();
            stdin.write(list);
            stdin.flush();
            complete = true;
            return new ManifestScan(process, new NulRecords(process.stdout()), place);
        } catch (IOException e) {
            throw process.lost(e);
        } finally {
            if (!complete) {
                process.close();
            }
        }
    }

    /** When the scan began, in seconds on the host's clock; waits until it has. */
    BigDecimal began() throws InterruptedException {
        BigDecimal known = began;
        if (known == null) {
            known = first();
            began = known;
        }
        return known;
    }

    /** A scan that has not begun is over: nobody who asks when it began has it yet, to close it. */
    private BigDecimal first() throws InterruptedException {
        boolean begun = false;
        try {
            Optional<String> time = records.next();
            if (time.isEmpty()) {
                throw place.failed(process.await(new byte[0]));
            }
            BigDecimal seconds = new BigDecimal(time.get());
            begun = true;
            return seconds;
        } catch (IOException e) {
            throw process.lost(e);
        } finally {
            if (!begun) {
                process.close();
            }
        }
    }

    @Override
    public Optional<ManifestEntry> next() throws InterruptedException {
        began();
        try {
            Optional<String> record = records.next();
            if (record.isEmpty()) {
                finish();
            }
            return record.map(ManifestEntry::parse);
        } catch (IOException e) {
            throw process.lost(e);
        }
    }

    private void finish() throws InterruptedException {
        HostResult result = process.await(new byte[0]);
        String errors = result.errors().strip();
        boolean onlyVanished = place.live()
                && result.exit() == INCOMPLETE
                && !errors.isEmpty()
                && whole(errors).stream().allMatch(line -> line.endsWith(VANISHED));
        if (result.exit() != 0 && !onlyVanished) {
            throw place.failed(result);
        }
        process.close();
    }

    private static List<String> whole(String errors) {
        List<String> lines = errors.lines().toList();
        return errors.length() < ERRORS_KEPT ? lines : lines.subList(0, lines.size() - 1);
    }

    @Override
    public void close() {
        process.close();
    }
}
