package dev.hubferry.dns.domain;

import java.util.Optional;

/** Gives a name's record the time to live back that it had before {@link LowerTtl}, wherever it leads by now. */
public final class RestoreTtl {

    private static final ChangeJournal.Change CHANGE = ChangeJournal.Change.LOWERED_TTL;

    private final ZoneGuard guard;

    RestoreTtl(ZoneGuard guard) {
        this.guard = guard;
    }

    /**
     * Done with the zone as read back, or with none when there was nothing to restore. A time to live that somebody else has set since
     * stays.
     */
    public Outcome<Optional<Zone>> execute(DomainName name, ZoneWork work) throws InterruptedException {
        Optional<ChangeJournal.Entry> entry = work.journal().find(CHANGE, name);
        if (entry.isEmpty()) {
            return Outcome.done(Optional.empty());
        }
        long lowered = entry.get().after().ttlSeconds();
        long old = entry.get().before().ttlSeconds();
        ZoneEdit edit = (_, current) -> current.ttlSeconds() == lowered
                ? new ZoneEdit.Decision.Replace(current.withTtl(old), () -> {})
                : new ZoneEdit.Decision.LeaveAsIs();
        return guard.change(name, edit, work).map(change -> {
            work.journal().forget(CHANGE, name);
            return Optional.of(change.after());
        });
    }
}
