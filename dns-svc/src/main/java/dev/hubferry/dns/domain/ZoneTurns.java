package dev.hubferry.dns.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * Lets one run at a time, of all migrations and replicas, read, write and compare a zone, and remembers for the next one a write of
 * which it is not known how it ended.
 */
public interface ZoneTurns {

    /**
     * A write that has begun.
     *
     * @param at when it was sent
     * @param wanted the zone that it writes
     */
    record UnfinishedWrite(Instant at, Zone wanted) {}

    /** Returns when it is this run's turn; a later run of a command gets the turn of an earlier one at once. */
    Turn await(DomainName zone, ZoneWork work) throws InterruptedException;

    /** The right to write one zone, until it is closed; lost when it lasts too long, or a later run of the same command begins. */
    interface Turn extends AutoCloseable {

        /** The write that was begun in this turn or an earlier one, whoever's; it may still take effect. */
        Optional<UnfinishedWrite> unfinishedWrite();

        /**
         * Makes the turn last longer.
         *
         * @throws DnsAccessException when it was lost
         */
        void extend();

        /**
         * A write begins, if the turn was not lost.
         *
         * @throws DnsAccessException when it was: nothing may be written
         */
        void writeBegins(UnfinishedWrite write);

        /** It is known how the write ended. */
        void writeEnded();

        /** Lets the next one in; an unfinished write stays remembered. */
        @Override
        void close();
    }
}
