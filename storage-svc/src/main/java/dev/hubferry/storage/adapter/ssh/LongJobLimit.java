package dev.hubferry.storage.adapter.ssh;

import java.time.Duration;

/**
 * How much reading of whole trees a storage server has to bear.
 *
 * @param atATime scans and verifications of all migrations on one server, each with a connection of its own
 * @param patience how long one may wait for its turn
 */
public record LongJobLimit(int atATime, Duration patience) {
    public LongJobLimit {
        if (atATime < 1) {
            throw new IllegalArgumentException("at least 1 long job must be allowed at a time, not " + atATime);
        }
    }
}
