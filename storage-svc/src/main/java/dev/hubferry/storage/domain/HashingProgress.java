package dev.hubferry.storage.domain;

import dev.hubferry.contracts.Progress;
import java.util.Optional;

/** Sums up how far hashing has come on both sides. */
final class HashingProgress {
    private final String activity;
    private final CommandRun run;
    private final ProgressMeter meter = new ProgressMeter();
    private long filesTotal;
    private long bytesTotal;
    private long filesDone;
    private long bytesDone;

    HashingProgress(String activity, CommandRun run) {
        this.activity = activity;
        this.run = run;
    }

    synchronized void wanted(long files, long bytes) {
        filesTotal += files;
        bytesTotal += bytes;
    }

    synchronized void done(long files, long bytes) {
        filesDone += files;
        bytesDone += bytes;
        meter.seen(System.nanoTime(), bytesDone, bytesDone);
        run.report(new Progress(
                activity,
                bytesDone,
                bytesTotal,
                filesDone,
                filesTotal,
                Optional.empty(),
                meter.bytesPerSecond(),
                // What is wanted is still being counted.
                Optional.empty(),
                Optional.empty()));
    }
}
