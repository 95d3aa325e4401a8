package dev.hubferry.dns.domain;

import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.Problem;
import java.util.List;
import java.util.Optional;

/** Turns a name's record from the old hub to the new one, and back exactly as it was. */
public final class SwitchRecord {

    private static final ChangeJournal.Change CHANGE = ChangeJournal.Change.SWITCHED_RECORD;

    /** The whole zone before the switch and after it, as read back. */
    public record Switched(Zone before, Zone after) {}

    private final ZoneGuard guard;
    private final Propagation propagation;

    SwitchRecord(ZoneGuard guard, Propagation propagation) {
        this.guard = guard;
        this.propagation = propagation;
    }

    /** Refuses a record that leads neither to {@code from} nor, by an earlier run of this migration, to {@code to}. */
    public Outcome<Switched> execute(DomainName name, IngressAddress from, IngressAddress to, ZoneWork work)
            throws InterruptedException {
        List<ServiceRecord> services = propagation.services();
        ZoneEdit edit = (zone, current) -> decide(name, from, to, zone, current, services, work);
        return guard.change(name, edit, work).map(change -> {
            Optional<ChangeJournal.Entry> entry = work.journal().find(CHANGE, name);
            return new Switched(entry.map(ChangeJournal.Entry::backup).orElse(change.before()), change.after());
        });
    }

    private static ZoneEdit.Decision decide(
            DomainName name,
            IngressAddress from,
            IngressAddress to,
            Zone zone,
            ZoneRecord current,
            List<ServiceRecord> services,
            ZoneWork work) {
        boolean ours = from.equals(to) || work.journal().find(CHANGE, name).isPresent();
        if (current.leadsTo(to) && ours) {
            return new ZoneEdit.Decision.LeaveAsIs();
        }
        if (!current.leadsTo(from)) {
            return new ZoneEdit.Decision.Refuse(elsewhere(name, current, from));
        }
        ZoneRecord next = ZoneRecord.leadingTo(to, current.host(), current.ttlSeconds());
        ChangeJournal.Entry entry = new ChangeJournal.Entry(current, next, zone, services);
        return new ZoneEdit.Decision.Replace(next, () -> {
            work.journal().forgetPropagated(name);
            work.journal().record(CHANGE, name, entry);
        });
    }

    /**
     * Gives the record back its type, value and time to live; done with the zone as read back, or with none when the record had not been
     * switched. Refuses a record that leads to neither place: somebody else has decided about it since.
     */
    public Outcome<Optional<Zone>> undo(DomainName name, ZoneWork work) throws InterruptedException {
        Optional<ChangeJournal.Entry> found = work.journal().find(CHANGE, name);
        if (found.isEmpty()) {
            return Outcome.done(Optional.empty());
        }
        ChangeJournal.Entry entry = found.get();
        return guard.change(name, (_, current) -> decideBack(name, entry, current), work)
                .map(change -> {
                    work.journal().forget(CHANGE, name);
                    work.journal().forgetPropagated(name);
                    return Optional.of(change.after());
                });
    }

    private static ZoneEdit.Decision decideBack(DomainName name, ChangeJournal.Entry entry, ZoneRecord current) {
        if (current.sameTarget(entry.before())) {
            return new ZoneEdit.Decision.LeaveAsIs();
        }
        if (current.sameTarget(entry.after())) {
            return new ZoneEdit.Decision.Replace(entry.before(), () -> {});
        }
        return new ZoneEdit.Decision.Refuse(ZoneJudge.notAsExpected(
                name,
                "it is '" + current + "', neither as it was ('" + entry.before() + "') nor as it was switched ('"
                        + entry.after() + "')",
                "decide where the name shall lead, set its record so, and skip this step"));
    }

    static Problem elsewhere(DomainName name, ZoneRecord current, IngressAddress expected) {
        return ZoneJudge.notAsExpected(
                name,
                "it is '" + current + "', but the old hub is reached at " + expected.value(),
                "make sure that the spec names the right hub and DNS name, or correct the record");
    }
}
