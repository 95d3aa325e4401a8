package dev.hubferry.orchestrator.api.view;

import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Notice;
import dev.hubferry.orchestrator.api.view.PlanView.Verdict;
import dev.hubferry.orchestrator.saga.engine.Claim;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.engine.SlotUse;
import dev.hubferry.orchestrator.saga.engine.Subject;
import dev.hubferry.orchestrator.saga.plan.Finding;
import dev.hubferry.orchestrator.saga.plan.Findings;
import dev.hubferry.orchestrator.saga.plan.PlanFacts;
import dev.hubferry.orchestrator.saga.queue.Place;
import dev.hubferry.orchestrator.saga.queue.SlotQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the plan of a migration from the state of a dry run. */
public final class PlanViews {
    private static final String COPIES =
            "Nobody can say how long the copies will take before one has run. The gate approve-downtime will show the forecast of the final"
                    + " pass, by what the seed has measured by then; evicting users, the database, verifying the homes and starting the new hub"
                    + " come on top.";

    private final SagaDefinition moves;
    private final SagaDefinition looks;
    private final SagaState state;
    private final Subject subject;
    private final PlanFacts facts;

    private PlanViews(SagaDefinition moves, SagaDefinition looks, SagaState state) {
        this.moves = moves;
        this.looks = looks;
        this.state = state;
        this.subject = state.subject();
        this.facts = PlanFacts.of(subject.spec(), state.ledger());
    }

    /**
     * @param moves the saga that the migration would get
     * @param looks the dry run's own
     * @param held what others held when it was asked for
     * @param queue as it is now
     */
    public static PlanView of(
            SagaDefinition moves, SagaDefinition looks, SagaState state, List<Finding> held, SlotQueue queue) {
        return new PlanViews(moves, looks, state).view(held, queue);
    }

    private PlanView view(List<Finding> held, SlotQueue queue) {
        Optional<Instant> end = Views.endedAt(state);
        List<Finding> findings = findings(held);
        List<PlanView.Queue> queues = queues(queue);
        List<PlanView.Step> steps = new PlannedSteps(moves, facts).all();
        return new PlanView(
                subject.migration().value(),
                subject.spec().name(),
                moves.id(),
                subject.requestedBy(),
                subject.requestedAt(),
                end,
                end.map(_ -> findings.isEmpty() ? Verdict.READY : Verdict.NEEDS_ATTENTION),
                findings,
                pending(),
                notices(queues),
                steps,
                zone(),
                sizes(),
                forecast(),
                steps.stream()
                        .flatMap(step -> step.users().map(text -> new PlanView.Noticed(step.name(), text)).stream())
                        .toList(),
                approvals(steps),
                subject.spec().cutover(),
                queues,
                subject.spec(),
                Map.of("self", "/api/v1/plans/" + subject.migration()));
    }

    /** While others have what the move needs nothing is checked, and that has to be said, too. */
    private List<Finding> findings(List<Finding> held) {
        List<Finding> all = new ArrayList<>(held);
        if (!held.isEmpty()) {
            all.add(new Finding(
                    Findings.NOT_CHECKED,
                    "all checks",
                    "nothing was checked, lest a check stand in the way of the migration that is under way",
                    "ask again when that has ended"));
        }
        all.addAll(Findings.of(looks, state.ledger(), facts, subject.requestedAt()));
        return all;
    }

    private List<String> pending() {
        return state instanceof SagaState.Active
                ? looks.steps().stream()
                        .map(step -> step.name())
                        .filter(step -> !state.ledger().step(step).forward().ended())
                        .toList()
                : List.of();
    }

    private List<Notice> notices(List<PlanView.Queue> queues) {
        Stream<Notice> found = looks.steps().stream()
                .flatMap(
                        step -> Views.noticesOf(state.ledger().step(step.name()).forward()));
        Stream<Notice> closed = queues.stream()
                .filter(queue -> queue.limit() == 0)
                .map(queue -> new Notice(
                        queue.resource(),
                        "It is closed by its limit of 0: %s would wait until that is raised.".formatted(queue.step())));
        return Stream.concat(found, closed).distinct().toList();
    }

    private Optional<PlanView.Zone> zone() {
        return facts.zone()
                .map(found -> new PlanView.Zone(
                        subject.spec().dns().zone(),
                        found.current(),
                        facts.lowered().orElseThrow(),
                        facts.moved(),
                        found.zone().stream()
                                .filter(record -> !record.equals(found.current()))
                                .count()));
    }

    private PlanView.Sizes sizes() {
        MigrationSpec.Homes homes = subject.spec().homes();
        return new PlanView.Sizes(
                new PlanView.Homes(
                        homes.source().storage() + ":" + homes.source().path(),
                        homes.target().storage() + ":" + homes.target().path(),
                        facts.homes().map(found -> found.users()),
                        facts.homes().map(found -> found.entries()),
                        facts.homes().map(found -> found.bytes()),
                        facts.homes().map(found -> found.targetFreeBytes()),
                        facts.homes().map(found -> found.targetFreeInodes()),
                        facts.homes().flatMap(found -> found.transport()),
                        homes.existing(),
                        homes.exclude(),
                        homes.ownership(),
                        homes.consents()),
                new PlanView.Database(
                        facts.database().map(found -> found.kind()),
                        facts.database().map(found -> found.users()),
                        facts.database().map(found -> found.sizeBytes()),
                        facts.database().map(found -> found.targetUsers()),
                        subject.spec().database().consents()),
                facts.source().map(hub -> hub.userPods()));
    }

    private PlanView.Forecast forecast() {
        List<PlanView.Wait> waits = new ArrayList<>();
        facts.oldTtl()
                .ifPresent(ttl -> waits.add(new PlanView.Wait(
                        "old-ttl-expired",
                        ttl,
                        "caches may keep the record with its TTL of now; users go on working")));
        facts.cachedInDowntime()
                .ifPresent(ttl -> waits.add(new PlanView.Wait(
                        "await-propagation", ttl, "caches may keep the old address; the hub is down meanwhile")));
        Duration soak = subject.spec().soak();
        if (soak.isPositive()) {
            waits.add(new PlanView.Wait("soak", soak, "the new hub is watched; users work on it"));
        }
        return new PlanView.Forecast(
                COPIES,
                waits,
                facts.cachedInDowntime(),
                subject.spec().cutover().maxDowntime());
    }

    private List<PlanView.Approval> approvals(List<PlanView.Step> steps) {
        MigrationSpec.Approvals asked = subject.spec().approvals();
        String by = asked.fourEyes()
                ? "an approver, but not who requests the migration (four eyes)"
                : "an approver, who may be the one who requests the migration";
        return moves.gates()
                .map(gate -> {
                    PlanView.Step row = steps.stream()
                            .filter(step -> step.name().equals(gate.gate()))
                            .findFirst()
                            .orElseThrow();
                    String unanswered = PlannedSteps.isBeforePivot(moves, gate.gate())
                            ? "the migration is taken back"
                            : "the migration is parked, and asks again when somebody retries it";
                    return new PlanView.Approval(gate.gate(), row.does(), by, asked.expiry(), unanswered);
                })
                .toList();
    }

    private List<PlanView.Queue> queues(SlotQueue queue) {
        List<PlanView.Queue> queues = new ArrayList<>();
        for (Claim claim : moves.claims()) {
            Set<Slot> slots = claim.slots().apply(subject.spec());
            if (slots.isEmpty()) {
                continue;
            }
            Instant since = subject.requestedAt();
            SlotUse use =
                    new SlotUse.Waiting(claim.first(), slots, subject.spec().priority(), since);
            for (SlotQueue.Pool pool : queue.poolsOf(new Place(subject.migration(), use, since))) {
                queues.add(new PlanView.Queue(
                        claim.first(),
                        pool.slot().key(),
                        pool.limit(),
                        pool.held().size(),
                        pool.waiting().size()));
            }
        }
        return queues;
    }
}
