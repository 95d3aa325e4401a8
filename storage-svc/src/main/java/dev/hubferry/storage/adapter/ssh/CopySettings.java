package dev.hubferry.storage.adapter.ssh;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How homes are copied.
 *
 * @param workers rsyncs or tar streams at a time in a pass, at most; with a bandwidth limit always
 * @param bandwidthLimit of all workers of a pass together, in bytes per second
 * @param deletions how much a pass may delete
 * @param pollInterval between two looks at a pass under way
 * @param patience how long a lost connection may stay lost, between the hosts and to them, before a pass is given up
 * @param hashWorkers processes that hash at a time on each host
 * @param verifyDeadline how long reading a whole tree may take
 */
public record CopySettings(
        int workers,
        OptionalLong bandwidthLimit,
        DeletionLimit deletions,
        Duration pollInterval,
        Duration patience,
        int hashWorkers,
        Duration verifyDeadline) {
    private static final long KILOBYTE = 1024;

    /** What a worker may move in a second; 0 for no limit. */
    String kilobytesForWorker() {
        return bandwidthLimit.isEmpty()
                ? "0"
                : String.valueOf(Math.max(1, bandwidthLimit.getAsLong() / workers / KILOBYTE));
    }

    CopySettings withBandwidthLimit(long bytesPerSecond) {
        return new CopySettings(
                workers,
                OptionalLong.of(bytesPerSecond),
                deletions,
                pollInterval,
                patience,
                hashWorkers,
                verifyDeadline);
    }
}
