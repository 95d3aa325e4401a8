package dev.hubferry.dns.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one migration is about to change, or has changed, of one name's record, and everything that was there before. */
public interface ChangeJournal {

    /** The changes that can be taken back. */
    enum Change {
        LOWERED_TTL,
        SWITCHED_RECORD
    }

    /**
     * What was there before a change, and what it makes of it.
     *
     * @param before the name's record before
     * @param after what is written in its place
     * @param backup the whole zone before
     * @param services the zone's service records before, as its name servers served them
     */
    record Entry(ZoneRecord before, ZoneRecord after, Zone backup, List<ServiceRecord> services) {
        public Entry {
            services = List.copyOf(services);
        }
    }

    /** What an earlier run recorded; empty when the change never happened. */
    Optional<Entry> find(Change change, DomainName name);

    /** Records a change before it is made, in place of an earlier entry, whose change is known not to be in effect. */
    void record(Change change, DomainName name, Entry entry);

    /** Drops the entry, when the change has been taken back; nothing happens when there is none. */
    void forget(Change change, DomainName name);

    /** When all name servers first answered with the switched record; recorded on the first call. */
    Instant propagated(DomainName name, Instant now);

    /** Forgets {@link #propagated}. */
    void forgetPropagated(DomainName name);
}
