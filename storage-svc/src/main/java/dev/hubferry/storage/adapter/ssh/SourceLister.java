package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.storage.adapter.ssh.RemoteShell.HostResult;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Lists the source's entries and passes the list on to the target, where it is sorted and kept. */
final class SourceLister {
    private static final Duration DEADLINE = Duration.ofHours(2);
    private static final String VANISHED = "No such file or directory";

    private final SshHosts hosts;

    SourceLister(SshHosts hosts) {
        this.hosts = hosts;
    }

    /**
     * @param upload the name of the list in the run directory; to be committed
     * @param live whether entries may vanish meanwhile
     * @param listener is told each record
     * @return when the list was begun, in seconds on the source's clock
     */
    @Failpoint("storage.scan.upload")
    BigDecimal list(Route route, String runDirectory, String upload, boolean live, Consumer<String> listener)
            throws InterruptedException {
        HostCommand scan = HostCommand.script("scan", route.source().path()).within(DEADLINE);
        HostCommand keep = HostCommand.script("upload", runDirectory, upload).within(DEADLINE);
        try (LongJob job =
                        hosts.longJob(route.source().storage(), route.target().storage());
                RemoteProcess reading = job.shell(route.source().storage()).start(scan);
                RemoteProcess writing = job.shell(route.target().storage()).start(keep)) {
            BigDecimal began = pass(reading, writing, listener);
            finish(route, reading.await(new byte[0]), live);
            HostResult kept = writing.await(writing.read(RemoteShell.OUTPUT_LIMIT));
            if (kept.exit() != 0) {
                throw RunDirectory.failure(job.shell(route.target().storage()), kept);
            }
            return began;
        }
    }

    private static BigDecimal pass(RemoteProcess reading, RemoteProcess writing, Consumer<String> listener)
            throws InterruptedException {
        try (OutputStream list = new BufferedOutputStream(writing.stdin(), 1 << 16)) {
            NulRecords records = new NulRecords(reading.stdout());
            BigDecimal began = records.next().map(BigDecimal::new).orElse(BigDecimal.ZERO);
            for (Optional<String> next = records.next(); next.isPresent(); next = records.next()) {
                listener.accept(next.get());
                list.write(next.get().getBytes(StandardCharsets.ISO_8859_1));
                list.write(0);
            }
            return began;
        } catch (IOException e) {
            throw reading.lost(e);
        }
    }

    private static void finish(Route route, HostResult result, boolean live) {
        if (result.exit() == RunDirectory.NOT_OPEN) {
            throw Refusal.of(
                    ErrorCode.HOMES_NOT_FOUND,
                    "%s is no directory: %s"
                            .formatted(route.source().lockKey(), result.errors().strip()));
        }
        boolean onlyVanished = live && result.errors().lines().allMatch(line -> line.endsWith(VANISHED));
        if (result.exit() != 0 && !onlyVanished) {
            throw Refusal.of(
                    ErrorCode.SOURCE_UNREADABLE,
                    "%s could not be read whole: %s"
                            .formatted(route.source().lockKey(), result.errors().strip()));
        }
    }
}
