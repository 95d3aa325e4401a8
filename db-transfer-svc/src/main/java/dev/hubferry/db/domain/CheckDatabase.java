package dev.hubferry.db.domain;

import dev.hubferry.contracts.DatabaseConsent;
import dev.hubferry.contracts.DbReply;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.db.domain.DatabaseCarrier.Access;
import dev.hubferry.db.domain.Workplace.Desk;
import java.util.Optional;
import java.util.Set;

/** Finds out whether a hub's database can move, and says everything that is wrong at once; changes nothing. */
public final class CheckDatabase {
    private final HubInspector inspector;
    private final DatabaseCarrier carrier;
    private final Workplace workplace;
    private final Examiner examiner;

    public CheckDatabase(HubInspector inspector, DatabaseCarrier carrier, Workplace workplace, DatabaseDoctor doctor) {
        this.inspector = inspector;
        this.carrier = carrier;
        this.workplace = workplace;
        this.examiner = new Examiner(doctor);
    }

    /**
     * Takes the same path as the move itself, up to the point where the move would change something: what works here works then.
     *
     * @throws Refusal with all problems
     */
    public DbReply.DatabaseChecked check(HubRef source, HubRef target, Set<DatabaseConsent> consents, Task task)
            throws InterruptedException {
        Judgement ofSource = new Judgement();
        Judgement judgement = new Judgement();
        Optional<Side> sourceSide;
        Optional<Side> targetSide;
        try (Alongside<Optional<Side>> looking = Alongside.start(() -> look(source, ofSource, task))) {
            targetSide = look(target, judgement, task);
            sourceSide = looking.result();
        }
        judgement.addFirst(ofSource);
        if (sourceSide.isPresent() && targetSide.isPresent()) {
            new TransferRules(consents).judge(sourceSide.get(), targetSide.get(), judgement);
            TransferRules.judgeSpace(sourceSide.get(), targetSide.get(), judgement);
        }
        judgement.demandClean();
        return reply(sourceSide.orElseThrow(), targetSide.orElseThrow(), judgement);
    }

    private Optional<Side> look(HubRef hub, Judgement judgement, Task task) throws InterruptedException {
        try {
            HubProfile profile = inspector.inspect(hub);
            return TransferRules.judgeKind(profile, judgement) ? Optional.of(look(profile, task)) : Optional.empty();
        } catch (Refusal refusal) {
            judgement.problems(refusal);
            return Optional.empty();
        }
    }

    private Side look(HubProfile profile, Task task) throws InterruptedException {
        try (Desk desk = workplace.open();
                DatabaseRoom room = carrier.open(profile.hub(), Access.READ, task)) {
            return examiner.examine(profile, room, desk.file("copy.sqlite")).side();
        }
    }

    private static DbReply.DatabaseChecked reply(Side source, Side target, Judgement judgement) {
        Examination examined = source.examination().orElseThrow();
        return new DbReply.DatabaseChecked(
                source.profile().kind().type(),
                examined.schemaHead().orElseThrow(),
                examined.userNames().size(),
                examined.sizeBytes(),
                target.userNames().size(),
                judgement.notices());
    }
}
