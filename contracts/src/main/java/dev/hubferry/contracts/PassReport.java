package dev.hubferry.contracts;

import java.time.Instant;

/**
 * What one pass over all homes did.
 *
 * @param number counts from 1 over seed passes and the final pass
 * @param kind whether users were still at work
 * @param startedAt when the pass began to read the source
 * @param endedAt when the last worker ended
 * @param entries entries looked at
 * @param filesSent files whose content was sent, whole or in part
 * @param bytesSent bytes of file content that went over the wire, as rsync counts them; of a tar stream those that it brought
 * @param deleted entries removed from the target
 */
public record PassReport(
        int number,
        Kind kind,
        Instant startedAt,
        Instant endedAt,
        long entries,
        long filesSent,
        long bytesSent,
        long deleted) {
    public PassReport {
        if (number < 1) {
            throw new IllegalArgumentException("number counts from 1, but was " + number);
        }
        Require.present(kind, "kind");
        Require.present(startedAt, "startedAt");
        Require.present(endedAt, "endedAt");
        Require.notNegative(entries, "entries");
        Require.notNegative(filesSent, "filesSent");
        Require.notNegative(bytesSent, "bytesSent");
        Require.notNegative(deleted, "deleted");
    }

    /** The two sorts of pass. */
    public enum Kind {
        SEED,
        FINAL
    }
}
