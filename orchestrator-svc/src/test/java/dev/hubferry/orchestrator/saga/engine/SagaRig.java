package dev.hubferry.orchestrator.saga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.CommandStatus;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.contracts.StorageCommand;
import dev.hubferry.contracts.StorageReply;
import dev.hubferry.orchestrator.saga.engine.Decision.Advance;
import dev.hubferry.orchestrator.saga.engine.SagaState.Active;
import dev.hubferry.orchestrator.script.Answers;
import dev.hubferry.orchestrator.script.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A whole saga on the pure engine, with participants that answer at once, people who approve everything, and a clock that jumps to the
 * next timer; {@link Twist}s say what goes differently.
 *
 * <p>{@code given(saga).when(failed("sync-final")).thenUndoes("transfer-database", …)}
 */
public final class SagaRig {
    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    static final MigrationId MIGRATION = new MigrationId("m-1");

    /** A participant that is silent for ever is asked so often, then the rig gives up. */
    static final int PROBES_OF_SILENT = 5;

    private final SagaDefinition definition;
    private final Set<Twist> twists;
    private final Deque<Outgoing> mailbox = new ArrayDeque<>();
    private final PriorityQueue<Decision.Alarm> alarms =
            new PriorityQueue<>(Comparator.comparing(Decision.Alarm::dueAt));
    private final List<MigrationEvent> events = new ArrayList<>();
    private final List<Outgoing> sent = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final List<List<String>> undone = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private final Set<Twist> spent = new HashSet<>();
    private Duration oldTtl = Duration.ofSeconds(1799);
    private Instant now = START;
    private List<SlotUse> slots = List.of();
    private SagaState state;

    /** Something that goes differently. */
    public sealed interface Twist {
        /** Attempts {@code from} to {@code to} of a step are answered with a rejection. */
        record Fails(String step, Direction direction, ErrorCode code, int from, int to) implements Twist {}

        /** A command gets no answer, not even when it is withdrawn. */
        record Silent(String step, Direction direction) implements Twist {}

        /** A command, and every probe of it, finds a participant that does not know of it. */
        record Lost(String step, Direction direction, int attempt) implements Twist {}

        /** A command is done, but its answer never arrives. */
        record Mute(String step, Direction direction, int attempt) implements Twist {}

        /** A person says no. */
        record Rejects(String gate) implements Twist {}

        /** Nobody answers a gate. */
        record Forgets(String gate) implements Twist {}

        /** The migration is aborted while a step is in flight, and the step answers the withdrawal. */
        record Aborts(String step, boolean stepSucceeds) implements Twist {}

        /** The migration is aborted while a gate waits. */
        record AbortsAtGate(String gate) implements Twist {}

        /** A step's turn does not come. */
        record Crowded(String step) implements Twist {}

        /** The rig stops as soon as a gate waits for its answer, or a step for its turn, for the test to go on. */
        record StopsAt(String row) implements Twist {}

        /** What the seed passes report. */
        record Seeded(List<PassReport> passes) implements Twist {}

        /** What the final pass, and those after it, report. */
        record Synced(StorageReply.HomesSynced reply) implements Twist {}

        /** Every reply comes twice. */
        record Repeats() implements Twist {}
    }

    private SagaRig(SagaDefinition definition, MigrationSpec spec, List<Twist> twists) {
        this.definition = definition;
        this.twists = new HashSet<>(twists);
        Subject subject = new Subject(MIGRATION, definition.id(), spec, "op", START);
        this.state = SagaState.Running.begun(subject);
        Advance begun = Decider.begin(definition, subject, now);
        turns.add(new Turn(now, Optional.empty(), begun));
        take(begun);
    }

    /**
     * One decision.
     *
     * @param event what it was about; none for the first
     */
    public record Turn(Instant at, Optional<SagaEvent> event, Decision decision) {}

    /** All decisions so far. */
    public List<Turn> turns() {
        return turns;
    }

    /** A saga that nothing has happened to yet. */
    public record Given(SagaDefinition definition, MigrationSpec spec) {
        Given with(MigrationSpec.Cutover cutover) {
            return new Given(definition, Specs.with(spec, cutover));
        }

        Given with(MigrationSpec.Approvals approvals) {
            return new Given(definition, Specs.with(spec, approvals));
        }

        public SagaRig when(Twist... twists) {
            SagaRig rig = new SagaRig(definition, spec, Arrays.asList(twists));
            rig.run();
            return rig;
        }
    }

    public static Given given(SagaDefinition definition) {
        return new Given(definition, Specs.astro());
    }

    public static Twist failed(String step) {
        return failed(step, ErrorCode.SOURCE_CHANGED);
    }

    public static Twist failed(String step, ErrorCode code) {
        return new Twist.Fails(step, Direction.DO, code, 1, Integer.MAX_VALUE);
    }

    public static Twist failedAttempts(String step, ErrorCode code, int attempts) {
        return new Twist.Fails(step, Direction.DO, code, 1, attempts);
    }

    public static Twist undoFailed(String step, ErrorCode code) {
        return new Twist.Fails(step, Direction.UNDO, code, 1, Integer.MAX_VALUE);
    }

    public static Twist undoFailedAttempts(String step, ErrorCode code, int attempts) {
        return new Twist.Fails(step, Direction.UNDO, code, 1, attempts);
    }

    public SagaState state() {
        return state;
    }

    Instant now() {
        return now;
    }

    List<String> ignored() {
        return ignored;
    }

    List<MigrationEvent> events() {
        return events;
    }

    public List<Outgoing> sent() {
        return sent;
    }

    public Decision decide(SagaEvent event) {
        Decision decision = Decider.decide(definition, state, event, now);
        turns.add(new Turn(now, Optional.of(event), decision));
        boolean stale = event instanceof SagaEvent.TimerFired && decision instanceof Decision.Ignore;
        if (!stale) {
            take(decision);
        }
        return decision;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    /** Goes on by itself, as after a person's word. */
    public SagaRig goOn() {
        run();
        return this;
    }

    /** From now on nothing goes differently. */
    public SagaRig mend() {
        twists.clear();
        return this;
    }

    void twist(Twist more) {
        twists.add(more);
    }

    /** The answer of a step that is silent so far, and nothing more by itself. */
    void answer(String step) {
        Outgoing.Send send = sends(step, Direction.DO).getLast();
        reply(send.step(), Answers.to(send.command(), now, oldTtl));
    }

    /** As {@link #answer}, with a failure. */
    void fail(String step, ErrorCode code) {
        reply(sends(step, Direction.DO).getLast().step(), Rejected.of(code, "as scripted"));
    }

    /** Steps whose first undo was sent, in order. */
    SagaRig thenUndoes(String... steps) {
        assertThat(undone.stream().flatMap(List::stream)).containsExactly(steps);
        return this;
    }

    /** Steps whose first undo was sent, in order; those of one list were sent together. */
    SagaRig thenUndoesTogether(List<List<String>> groups) {
        assertThat(undone).isEqualTo(groups);
        return this;
    }

    SagaRig thenEndsAs(Class<? extends SagaState> end) {
        assertThat(state).isInstanceOf(end);
        return this;
    }

    SagaRig thenParksAt(String step, Direction direction) {
        assertThat(state).isInstanceOfSatisfying(SagaState.Parked.class, parked -> {
            assertThat(parked.step()).isEqualTo(step);
            assertThat(parked.direction()).isEqualTo(direction);
            assertThat(parked.cause()).isNotBlank();
        });
        assertThat(events.getLast()).isInstanceOf(MigrationEvent.MigrationParked.class);
        return this;
    }

    /** The end of the cutover comes, and what follows by itself. */
    SagaRig thenCutoverOver() {
        var unused = decide(new SagaEvent.TimerFired(new TimerKey.CutoverOver()));
        run();
        return this;
    }

    SagaRig thenSent(String step, Direction direction, int times) {
        assertThat(sends(step, direction)).hasSize(times);
        return this;
    }

    List<Outgoing.Send> sends(String step, Direction direction) {
        return sent.stream()
                .filter(Outgoing.Send.class::isInstance)
                .map(Outgoing.Send.class::cast)
                .filter(send -> send.step().name().equals(step) && send.step().direction() == direction)
                .toList();
    }

    private void run() {
        for (int turns = 0; state instanceof Active; turns++) {
            assertThat(turns).as("turns of the saga").isLessThan(5_000);
            if (!mailbox.isEmpty()) {
                deliver(mailbox.poll());
            } else if (stops()) {
                return;
            } else if (!grantSlots() && !answerGate() && !fireAlarm()) {
                return;
            }
        }
    }

    private boolean stops() {
        return twists.stream()
                .filter(Twist.StopsAt.class::isInstance)
                .map(twist -> ((Twist.StopsAt) twist).row())
                .anyMatch(row -> state.ledger().gate(row) instanceof GateState.Waiting
                        || state.ledger().step(row).forward() instanceof Run.Queued);
    }

    private void deliver(Outgoing outgoing) {
        now = now.plusMillis(100);
        switch (outgoing) {
            case Outgoing.Send send -> deliver(send);
            case Outgoing.Withdraw withdraw -> withdrawn(withdraw);
            case Outgoing.Inquire inquire -> asked(inquire);
        }
    }

    private void asked(Outgoing.Inquire inquire) {
        StepRef ref = inquire.step();
        if (isLost(ref)) {
            var unused = decide(new SagaEvent.StatusTold(ref, CommandStatus.Stage.UNKNOWN));
        } else if (isMute(ref)) {
            var unused = decide(new SagaEvent.StatusTold(ref, CommandStatus.Stage.ANSWERED));
        }
    }

    private boolean isLost(StepRef ref) {
        return twists.contains(new Twist.Lost(ref.name(), ref.direction(), ref.attempt()));
    }

    private boolean isMute(StepRef ref) {
        return twists.contains(new Twist.Mute(ref.name(), ref.direction(), ref.attempt()));
    }

    private void deliver(Outgoing.Send send) {
        StepRef ref = send.step();
        if (twists.contains(new Twist.Silent(ref.name(), ref.direction())) || isLost(ref) || isMute(ref)) {
            return;
        }
        if (abortOf(ref).isPresent()) {
            var unused = decide(new SagaEvent.AbortAsked("op", "changed my mind"));
            return;
        }
        reply(ref, failureOf(ref).<Reply>map(f -> f).orElseGet(() -> answerTo(send)));
    }

    private Reply answerTo(Outgoing.Send send) {
        for (Twist twist : twists) {
            if (twist instanceof Twist.Seeded(var passes) && send.command() instanceof StorageCommand.SeedHomes) {
                return new StorageReply.HomesSeeded(passes);
            }
            if (twist instanceof Twist.Synced(var reply) && send.command() instanceof StorageCommand.SyncFinal) {
                return reply;
            }
        }
        return Answers.to(send.command(), now, oldTtl);
    }

    private void withdrawn(Outgoing.Withdraw withdraw) {
        StepRef ref = withdraw.step();
        if (twists.contains(new Twist.Silent(ref.name(), Direction.DO))) {
            return;
        }
        Optional<Twist.Aborts> abort = abortOf(ref);
        if (abort.isPresent() && abort.get().stepSucceeds()) {
            reply(ref, Answers.to(sends(ref.name(), Direction.DO).getLast().command(), now, oldTtl));
        } else {
            reply(ref, Rejected.of(ErrorCode.CANCELLED, "withdrawn"));
        }
    }

    private void reply(StepRef ref, Reply reply) {
        var unused = decide(new SagaEvent.Replied(ref, reply, Map.of()));
        if (twists.contains(new Twist.Repeats())) {
            var again = decide(new SagaEvent.Replied(ref, reply, Map.of()));
            assertThat(again).isInstanceOf(Decision.Ignore.class);
        }
    }

    private Optional<Twist.Aborts> abortOf(StepRef ref) {
        return twists.stream()
                .filter(Twist.Aborts.class::isInstance)
                .map(Twist.Aborts.class::cast)
                .filter(abort -> abort.step().equals(ref.name()) && ref.direction() == Direction.DO)
                .findFirst();
    }

    private Optional<Rejected> failureOf(StepRef ref) {
        return twists.stream()
                .filter(Twist.Fails.class::isInstance)
                .map(Twist.Fails.class::cast)
                .filter(fail -> fail.step().equals(ref.name())
                        && fail.direction() == ref.direction()
                        && fail.from() <= ref.attempt()
                        && ref.attempt() <= fail.to())
                .findFirst()
                .map(fail -> Rejected.of(fail.code(), "as scripted"));
    }

    /** The turn of a step that is queued. */
    void grant(String step) {
        var unused = decide(new SagaEvent.SlotsGranted(step));
    }

    /** What it waits for and has of scarce things. */
    List<SlotUse> slots() {
        return slots;
    }

    private boolean grantSlots() {
        Optional<String> next = slots.stream()
                .filter(SlotUse.Waiting.class::isInstance)
                .map(SlotUse::step)
                .filter(step -> !twists.contains(new Twist.Crowded(step)))
                .findFirst();
        next.ifPresent(this::grant);
        return next.isPresent();
    }

    private boolean answerGate() {
        Optional<String> waiting = state.ledger().gates().entrySet().stream()
                .filter(gate -> gate.getValue() instanceof GateState.Waiting)
                .map(Map.Entry::getKey)
                .findFirst();
        boolean held = state instanceof SagaState.Running running && running.hold() instanceof Hold.Paused;
        if (waiting.isEmpty() || held || twists.contains(new Twist.Forgets(waiting.get()))) {
            return false;
        }
        String gate = waiting.get();
        if (twists.contains(new Twist.AbortsAtGate(gate)) && spent.add(new Twist.AbortsAtGate(gate))) {
            return decide(new SagaEvent.AbortAsked("op", "changed my mind")) instanceof Advance;
        }
        boolean approved = !twists.contains(new Twist.Rejects(gate));
        return decide(new SagaEvent.GateAnswered(gate, approved, "op", "")) instanceof Advance;
    }

    private boolean fireAlarm() {
        Decision.Alarm alarm = alarms.poll();
        if (alarm == null) {
            return false;
        }
        if (alarm.key() instanceof TimerKey.Unanswered(StepRef step)
                && twists.contains(new Twist.Silent(step.name(), step.direction()))
                && probes(step) == PROBES_OF_SILENT) {
            return fireAlarm();
        }
        now = alarm.dueAt().isAfter(now) ? alarm.dueAt() : now;
        var unused = decide(new SagaEvent.TimerFired(alarm.key()));
        return true;
    }

    long probes(StepRef step) {
        return sent.stream()
                .filter(outgoing ->
                        outgoing instanceof Outgoing.Inquire && outgoing.step().equals(step))
                .count();
    }

    private void take(Decision decision) {
        switch (decision) {
            case Advance advance -> {
                state = advance.state();
                mailbox.addAll(advance.outgoing());
                sent.addAll(advance.outgoing());
                alarms.addAll(advance.timers());
                events.addAll(advance.events());
                slots = advance.slots().orElse(slots);
                assertThat(slots).as("slots by the decisions").isEqualTo(Claims.of(definition, state));
                List<String> firstUndos = advance.outgoing().stream()
                        .map(Outgoing::step)
                        .filter(ref -> ref.direction() == Direction.UNDO && ref.attempt() == 1)
                        .map(StepRef::name)
                        .toList();
                if (!firstUndos.isEmpty()) {
                    undone.add(firstUndos);
                }
            }
            case Decision.Ignore ignore -> ignored.add(ignore.reason());
            case Decision.Refuse _ -> {}
        }
    }
}
