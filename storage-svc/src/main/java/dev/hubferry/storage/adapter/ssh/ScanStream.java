package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import dev.hubferry.storage.domain.manifest.ManifestStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads what scan.sh prints. */
final class ScanStream implements ManifestStream {
    private static final int NO_DIRECTORY = 65;
    private static final int INCOMPLETE = 70;
    private static final String VANISHED = "No such file or directory";

    /** About as much of what a command complains is kept; the last line of so much is cut. */
    private static final int ERRORS_KEPT = 16_000;

    private final RemoteProcess scan;
    private final String label;
    private final boolean live;
    private final NulRecords records;
    private final BigDecimal begun;

    /** @param live whether entries may vanish meanwhile */
    ScanStream(RemoteProcess scan, String label, boolean live) throws InterruptedException {
        this.scan = scan;
        this.label = label;
        this.live = live;
        this.records = new NulRecords(scan.stdout());
        this.begun = new BigDecimal(record().orElse("0"));
    }

    /** When the scan began, by the clock of the host. */
    BigDecimal begun() {
        return begun;
    }

    @Override
    public Optional<ManifestEntry> next() throws InterruptedException {
        Optional<String> record = record();
        if (record.isEmpty()) {
            require(scan.await(new byte[0]));
            scan.close();
        }
        return record.map(ManifestEntry::parse);
    }

    private Optional<String> record() throws InterruptedException {
        try {
            return records.next();
        } catch (IOException e) {
            throw scan.lost(e);
        }
    }

    private void require(HostResult result) {
        String errors = result.errors().strip();
        if (result.exit() == NO_DIRECTORY) {
            throw Refusal.of(ErrorCode.HOMES_NOT_FOUND, "%s is no directory: %s".formatted(label, errors));
        }
        boolean onlyVanished = live
                && result.exit() == INCOMPLETE
                && !errors.isEmpty()
                && whole(errors).stream().allMatch(line -> line.endsWith(VANISHED));
        if (result.exit() != 0 && !onlyVanished) {
            throw Refusal.of(ErrorCode.SOURCE_UNREADABLE, "%s could not be read whole: %s".formatted(label, errors));
        }
    }

    private static List<String> whole(String errors) {
        List<String> lines = errors.lines().toList();
        return errors.length() < ERRORS_KEPT ? lines : lines.subList(0, lines.size() - 1);
    }
}
