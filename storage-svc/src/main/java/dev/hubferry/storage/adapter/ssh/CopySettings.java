package dev.hubferry.storage.adapter.ssh;

import java.time.Duration;

/**
 * How homes are copied.
 *
 * @param workers rsyncs at a time in a pass
 * @param deletions how much a pass may delete
 * @param pollInterval between two looks at a pass under way
 * @param patience how long a lost connection may stay lost, between the hosts and to them, before a pass is given up
 * @param hashWorkers processes that hash at a time on each host
 * @param verifyDeadline how long reading a whole tree may take
 */
public record CopySettings(
        int workers,
        DeletionLimit deletions,
        Duration pollInterval,
        Duration patience,
        int hashWorkers,
        Duration verifyDeadline) {}
