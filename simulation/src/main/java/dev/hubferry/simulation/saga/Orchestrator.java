package dev.hubferry.simulation.saga;

import dev.hubferry.contracts.Participant;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.Claim;
import dev.hubferry.orchestrator.saga.engine.Decision;
import dev.hubferry.orchestrator.saga.engine.GateState;
import dev.hubferry.orchestrator.saga.engine.Ledger;
import dev.hubferry.orchestrator.saga.engine.Outgoing;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.orchestrator.saga.engine.SagaState;
import dev.hubferry.orchestrator.saga.engine.Subject;
import dev.hubferry.orchestrator.saga.engine.TimerKey;
import dev.hubferry.orchestrator.saga.engine.TimerState;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.chance.FaultKind;
import dev.hubferry.simulation.chance.Row;
import dev.hubferry.simulation.chance.Rows;
import dev.hubferry.simulation.protocol.Letter;
import dev.hubferry.simulation.protocol.Outbox;
import dev.hubferry.simulation.protocol.Partition;
import dev.hubferry.simulation.protocol.Replicas;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The orchestrator around the engine: one transaction an event, in which a reply already seen is dropped, the decision is saved, and
 * what goes out is put into the outbox.
 */
public class Orchestrator implements Partition.Consumer {
    private static final StepRef CLOSING = new StepRef("close-source", Direction.DO, 1);

    private final Chance chance;
    private final SagaDefinition definition;
    private final Rows rows;
    private final Brain brain;
    private final Alarms alarms;
    private final Scribe scribe;
    private final Mail mail;
    private final People people;
    private final Turns turns;
    private final Replicas replicas;
    private final Outbox outbox;
    private final Set<String> seen = new HashSet<>();
    private SagaState state;

    /** What decides and remembers. */
    public record Mind(
            SagaDefinition definition, Rows rows, Brain brain, Alarms alarms, Function<Turns.Setting, Turns> turns) {}

    /** All that an orchestrator needs. */
    public record Setting(
            Chance chance, Mind mind, Subject subject, Map<Participant, Partition> commands, Scribe scribe) {}

    public Orchestrator(Setting setting) {
        this.chance = setting.chance();
        this.definition = setting.mind().definition();
        this.rows = setting.mind().rows();
        this.brain = setting.mind().brain();
        this.alarms = setting.mind().alarms();
        this.scribe = setting.scribe();
        Subject subject = setting.subject();
        this.mail = new Mail(subject.migration(), rows, setting.commands());
        this.people = new People(chance, this);
        this.turns = setting.mind()
                .turns()
                .apply(new Turns.Setting(chance, subject.migration(), rows, scribe, this::granted));
        this.replicas = new Replicas(chance, "orchestrator");
        this.outbox = new Outbox(chance, replicas, true);
        Decision.Advance first =
                brain.begin(definition, subject, chance.agenda().instant());
        this.state = first.state();
        chance.agenda().in(0, () -> take(first));
    }

    public SagaState state() {
        return state;
    }

    @Override
    public boolean accept(List<Letter> batch) {
        for (Letter letter : batch) {
            if (!replicas.canAct() || diesAt(letter.row())) {
                return false;
            }
            transaction(letter);
            if (diesAt(letter.row())) {
                return false;
            }
        }
        return true;
    }

    private boolean diesAt(Row row) {
        if (!chance.faults().strike(FaultKind.ORCHESTRATOR_CRASHED, row)) {
            return false;
        }
        replicas.acting().ifPresent(replica -> replicas.kill(replica, () -> {}));
        return true;
    }

    private void transaction(Letter letter) {
        if (!firstTime(letter.id())) {
            return;
        }
        scribe.heard(letter);
        if (apply(mail.event(letter))) {
            scribe.applied(letter);
        }
    }

    protected boolean firstTime(String message) {
        return seen.add(message);
    }

    /** A person's word, or a timer; false when it changed nothing. */
    protected boolean apply(SagaEvent event) {
        return switch (brain.decide(definition, state, event, chance.agenda().instant())) {
            case Decision.Advance advance -> {
                say(event, "");
                take(advance);
                yield true;
            }
            case Decision.Ignore ignore -> {
                say(event, "ignored: " + ignore.reason());
                yield false;
            }
            case Decision.Refuse refuse -> {
                say(event, "refused: " + refuse.reason());
                yield false;
            }
        };
    }

    private void take(Decision.Advance advance) {
        Ledger before = state.ledger();
        state = advance.state();
        queue(before, advance);
        advance.outgoing().forEach(this::send);
        for (Decision.Alarm alarm : advance.timers()) {
            alarms.set(alarm.key(), alarm.dueAt());
            watch(alarm);
        }
        switch (state) {
            case SagaState.Completed _, SagaState.RolledBack _ -> alarms.clear();
            case SagaState.Parked parked -> people.parked(parked.step());
            case SagaState.Running _, SagaState.Compensating _ -> {}
        }
    }

    private void queue(Ledger before, Decision.Advance advance) {
        for (String step : definition.claims().stream().map(Claim::first).toList()) {
            boolean queued = state.ledger().step(step).forward() instanceof Run.Queued;
            boolean was = before.step(step).forward() instanceof Run.Queued;
            scribe.waits(step, queued);
            if (queued && !was) {
                people.queued(rows.of(new StepRef(step, Direction.DO, 1)));
            }
        }
        advance.slots().ifPresent(turns::put);
    }

    /** It is a step's turn; maybe two replicas see it. */
    private void granted(String step) {
        if (!replicas.canAct()) {
            chance.agenda().in(replicas.retryAfter(), turns::wake);
            return;
        }
        apply(new SagaEvent.SlotsGranted(step));
        if (chance.dice().oneIn(8)) {
            chance.soon(1, 1_000, () -> apply(new SagaEvent.SlotsGranted(step)));
        }
    }

    private void send(Outgoing outgoing) {
        Letter letter = mail.letter(outgoing);
        if (Mail.isCommand(letter)) {
            scribe.sent(letter);
            if (letter.step().equals(CLOSING)) {
                scribe.closes(state, chance.agenda().instant());
            }
            if (definition
                    .pivot()
                    .filter(pivot -> pivot.name().equals(letter.step().name()))
                    .isPresent()) {
                scribe.pivoted();
            }
            people.maySayNo(letter.row());
        }
        outbox.add(mail.to(outgoing), letter);
    }

    private void watch(Decision.Alarm alarm) {
        int late = chance.dice().between(1, 500);
        Row row = rows.of(alarm.key());
        if (chance.faults().strike(FaultKind.TIMER_LATE, row)) {
            late = chance.dice().between(10_000, 7_200_000);
        }
        chance.agenda().at(chance.agenda().millisOf(alarm.dueAt()) + late, () -> fire(alarm.key()));
        switch (alarm.key()) {
            case TimerKey.GateExpiry expiry -> people.asked(expiry.gate(), row);
            case TimerKey.WaitOver _ -> people.maySayNo(row);
            case TimerKey.Retry _, TimerKey.Unanswered _, TimerKey.CutoverOver _, TimerKey.SurveyOver _ -> {}
        }
    }

    private void fire(TimerKey key) {
        if (!replicas.canAct()) {
            chance.agenda().in(replicas.retryAfter(), () -> fire(key));
        } else if (alarms.take(key, chance.agenda().instant())) {
            apply(new SagaEvent.TimerFired(key));
        }
    }

    /** Whether a gate waits for an answer. */
    boolean asks(String gate) {
        return state.ledger().gate(gate) instanceof GateState.Waiting;
    }

    /** A person wants the migration taken back, whatever is under way. */
    void abort() {
        for (Row row : underWay()) {
            chance.faults().hit(FaultKind.ABORTED, row);
        }
        apply(new SagaEvent.AbortAsked("op", "changed my mind"));
    }

    /** A person wants the migration to stand still; false when it cannot. */
    boolean pause() {
        List<Row> rows = underWay();
        boolean paused = apply(new SagaEvent.PauseAsked("op", "a storm"));
        if (paused) {
            rows.stream()
                    .filter(row -> row.sort() != Row.Sort.UNDO)
                    .forEach(row -> chance.faults().hit(FaultKind.PAUSED, row));
        }
        return paused;
    }

    private List<Row> underWay() {
        return rows.all().stream().filter(this::isUnderWay).toList();
    }

    private boolean isUnderWay(Row row) {
        return switch (row.sort()) {
            case DO -> isUnderWay(state.ledger().step(row.name()).forward());
            case UNDO -> isUnderWay(state.ledger().step(row.name()).back());
            case GATE -> state.ledger().gate(row.name()) instanceof GateState.Waiting;
            case TIMER -> state.ledger().timer(row.name()) instanceof TimerState.Waiting;
        };
    }

    private static boolean isUnderWay(Run run) {
        return run instanceof Run.Queued || run.everSent() && !run.ended();
    }

    private void say(SagaEvent event, String outcome) {
        if (chance.trace().isOn()) {
            chance.trace().say("saga " + state.getClass().getSimpleName() + ": " + event + " " + outcome);
        }
    }
}
