package dev.hubferry.db.domain;

import dev.hubferry.contracts.DatabaseConsent;
import dev.hubferry.contracts.DbReply;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.db.domain.DatabaseCarrier.Access;
import dev.hubferry.db.domain.Examiner.Finding;
import dev.hubferry.db.domain.Workplace.Desk;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Moves a hub's database while neither hub runs.
 *
 * <pre>
 * source volume ──snapshot──► here: examine, judge, heal, examine ──place──► target volume
 *                                                                              ▲
 *                                    the target's own: record, then keep beside┘
 * </pre>
 *
 * <p>Run again after a crash at any point it ends in the same state: the target's own database is recorded and kept before anything is
 * placed, and never again after.
 */
public final class TransferDatabase {
    private final HubInspector inspector;
    private final DatabaseCarrier carrier;
    private final Workplace workplace;
    private final DatabaseDoctor doctor;
    private final Examiner examiner;
    private final RestGuard guard;

    public TransferDatabase(
            HubInspector inspector, DatabaseCarrier carrier, Workplace workplace, DatabaseDoctor doctor) {
        this.inspector = inspector;
        this.carrier = carrier;
        this.workplace = workplace;
        this.doctor = doctor;
        this.examiner = new Examiner(doctor);
        this.guard = new RestGuard(inspector);
    }

    /** @throws Refusal when it cannot be moved now; the target's own database is then still, or can be put, in its place */
    public DbReply.DatabaseTransferred transfer(HubRef source, HubRef target, Set<DatabaseConsent> consents, Task task)
            throws InterruptedException {
        HubProfile from = inspect(source);
        HubProfile to = inspect(target);
        guard.demandRest(source, task);
        guard.demandRest(target, task);
        try (Desk desk = workplace.open();
                Alongside<Finding> fetching = Alongside.start(() -> fetch(from, desk.file("source.sqlite"), task));
                DatabaseRoom there = carrier.open(target, Access.CHANGE, task)) {
            Finding own = examiner.examine(to, there, desk.file("own.sqlite"));
            Finding found = fetching.result();
            Judgement judgement = new Judgement();
            new TransferRules(consents).judge(found.side(), own.side(), judgement);
            if (!task.target().placingBegun()) {
                TransferRules.judgeSpace(found.side(), own.side(), judgement);
            }
            judgement.demandClean();
            return move(found, own, there, desk.file("source.sqlite"), task);
        }
    }

    /** Everything is known and allowed; from here on the target changes. */
    private DbReply.DatabaseTransferred move(Finding found, Finding own, DatabaseRoom there, Path file, Task task)
            throws InterruptedException {
        HubRef source = found.side().profile().hub();
        HubRef target = own.side().profile().hub();
        Examination examined = found.side().examination().orElseThrow();
        StoredFile snapshot = found.snapshot().orElseThrow();
        heal(source, file, examined, new Relocation(source.namespace(), target.namespace()));
        DatabaseFiles kept = keepOwn(there, own.side().room().database(), task);
        guard.demandRest(source, task);
        guard.demandRest(target, task);
        task.ensureHeld();
        task.target().recordPlacing();
        task.ensureHeld();
        StoredFile placed = there.place(file, snapshot.mode(), kept);
        return new DbReply.DatabaseTransferred(
                examined.userNames().size(),
                placed.sizeBytes(),
                snapshot.sha256(),
                placed.sha256(),
                examined.schemaHead().orElseThrow());
    }

    private HubProfile inspect(HubRef hub) throws InterruptedException {
        HubProfile profile = inspector.inspect(hub);
        Judgement judgement = new Judgement();
        if (!TransferRules.judgeKind(profile, judgement)) {
            judgement.demandClean();
        }
        return profile;
    }

    private Finding fetch(HubProfile from, Path file, Task task) throws InterruptedException {
        try (DatabaseRoom here = carrier.open(from.hub(), Access.READ, task)) {
            return examiner.examine(from, here, file);
        }
    }

    private void heal(HubRef source, Path file, Examination before, Relocation relocation) {
        Healing healing = doctor.heal(file, relocation);
        Examination after = doctor.examine(file);
        Map<String, Long> expected = healing.expected(before.rows());
        if (!after.sound() || !after.rows().equals(expected)) {
            throw Refusal.of(
                    ErrorCode.DATABASE_CORRUPT,
                    HubProfile.where(source),
                    "after making the copy fit for the target it is not what it should be: damage " + after.damage()
                            + ", rows " + after.rows() + " instead of " + expected,
                    "nothing was placed on the target; keep the source's database and report this");
        }
    }

    private static DatabaseFiles keepOwn(DatabaseRoom there, DatabaseFiles now, Task task) throws InterruptedException {
        TargetRecord record = task.target();
        task.ensureHeld();
        DatabaseFiles own = record.recordOwn(now);
        if (record.placingBegun()) {
            return own;
        }
        if (!own.equals(now)) {
            // Nothing was placed yet, so what stands there is the target's own, whatever changed it since an earlier
            // attempt.
            record.forget();
            own = record.recordOwn(now);
        }
        task.ensureHeld();
        there.keep(own);
        return own;
    }
}
