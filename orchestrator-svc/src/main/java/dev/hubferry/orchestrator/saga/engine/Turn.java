package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.Cancel;
import dev.hubferry.contracts.Command;
import dev.hubferry.contracts.ErrorCategory;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.MessageId;
import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.contracts.MigrationEvent.StepFailed;
import dev.hubferry.contracts.MigrationEvent.StepRetryScheduled;
import dev.hubferry.contracts.MigrationEvent.StepStarted;
import dev.hubferry.contracts.MigrationEvent.StepSucceeded;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Priority;
import dev.hubferry.contracts.Probe;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.Node.Mark;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Node.Undo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One decision in the making: the ledger as it becomes, and what has to go out. Lives no longer than the decision. */
final class Turn {
    private static final int MOST_DOUBLINGS = 6;

    private final SagaDefinition definition;
    private final Subject subject;
    private final Instant now;
    private final List<Outgoing> outgoing = new ArrayList<>();
    private final List<Decision.Alarm> alarms = new ArrayList<>();
    private final List<MigrationEvent> events = new ArrayList<>();
    private Ledger ledger;

    Turn(SagaDefinition definition, Subject subject, Ledger ledger, Instant now) {
        this.definition = definition;
        this.subject = subject;
        this.ledger = ledger;
        this.now = now;
    }

    SagaDefinition definition() {
        return definition;
    }

    Ledger ledger() {
        return ledger;
    }

    Instant now() {
        return now;
    }

    SagaContext context() {
        return new SagaContext(subject.spec(), ledger, now);
    }

    /** The attempt at a step, if its answer is awaited. */
    Optional<Run.Flying> flight(StepRef ref) {
        return ledger.step(ref.name()).run(ref.direction()) instanceof Run.Flying flying
                        && flying.attempt() == ref.attempt()
                ? Optional.of(flying)
                : Optional.empty();
    }

    void happened(MigrationEvent event) {
        events.add(event);
    }

    /** Before all else of this decision: what a person asked for comes before what follows from it. */
    void happenedFirst(MigrationEvent event) {
        events.addFirst(event);
    }

    void alarm(TimerKey key, Instant dueAt) {
        alarms.add(new Decision.Alarm(key, dueAt));
    }

    void set(Step step, Direction direction, Run run) {
        ledger = ledger.withRun(step.name(), direction, run);
    }

    void set(String gate, GateState state) {
        ledger = ledger.withGate(gate, state);
    }

    void set(String timer, TimerState state) {
        ledger = ledger.withTimer(timer, state);
    }

    /** Starts whatever may start now. */
    Decision.Advance goOn(SagaState.Active state) {
        return endsAs(
                switch (state) {
                    case SagaState.Running running -> forward(running);
                    case SagaState.Compensating compensating -> new Backward(this).go(compensating);
                });
    }

    private SagaState forward(SagaState.Running running) {
        return switch (definition.aim()) {
            case Aim.Change _ -> new Forward(this, running).go();
            case Aim.Survey _ -> new Looking(this, running).go();
        };
    }

    Decision.Advance endsAs(SagaState state) {
        return new Decision.Advance(state, outgoing, alarms, events, Optional.empty());
    }

    /**
     * Sends a step's command.
     *
     * @param run what sending makes of the run
     * @throws RuntimeException when the definition cannot make the command; nothing was changed then
     */
    void send(Step step, Direction direction, Run.InFlight run) {
        StepRef ref = new StepRef(step.name(), direction, run.attempt());
        Command command = command(step, direction);
        if (step.pivot() && run.attempt() == 1) {
            happened(new MigrationEvent.PivotPassed(step.name()));
        }
        set(step, direction, run);
        outgoing.add(new Outgoing.Send(ref, command));
        happened(new StepStarted(step.name(), direction, run.attempt()));
        alarm(new TimerKey.Unanswered(ref), now.plus(definition.patience().probeAfter()));
        if (step.mark() == Mark.CLOSES && direction == Direction.DO && run.attempt() == 1) {
            cutoverOver().ifPresent(over -> alarm(new TimerKey.CutoverOver(), over));
        }
    }

    /** As {@link #send}; empty when it was sent, else why its command cannot be made. */
    Optional<Rejected> trySend(Step step, Direction direction, Run.InFlight run) {
        try {
            send(step, direction, run);
            return Optional.empty();
        } catch (RuntimeException e) {
            // Thrown on, it would be thrown again by every timer and reply, and the migration would stand still
            // silently.
            return Optional.of(Rejected.of(ErrorCode.UNEXPECTED, "its command cannot be made: " + e.getMessage()));
        }
    }

    /** As {@link #send}; when its command cannot be made, the step has failed. */
    void sendOrFail(Step step, Direction direction, Run.InFlight run) {
        trySend(step, direction, run).ifPresent(failure -> {
            set(step, direction, run.unsent(failure, now));
            happened(failure(step, direction, run.attempt(), failure));
        });
    }

    /** The slots that a step has to have before it is sent; empty when it needs none. */
    Set<Slot> slotsOf(Step step) {
        return definition
                .claimOf(step)
                .map(claim -> claim.slots().apply(subject.spec()))
                .orElse(Set.of());
    }

    /** Puts a step in the queue for its slots. */
    void queue(Step step, Run.Sendable run, Priority priority) {
        set(step, Direction.DO, run.queued(now));
        happened(new MigrationEvent.StepQueued(step.name(), Slot.keys(slotsOf(step)), priority));
    }

    /** From the end of the window on the hub is not closed, wherever the migration is then; and a survey waits for answers only so long. */
    void limit() {
        switch (definition.aim()) {
            case Aim.Change _ ->
                subject.spec().cutover().end().ifPresent(end -> alarm(new TimerKey.CutoverOver(), end));
            case Aim.Survey survey -> alarm(new TimerKey.SurveyOver(), now.plus(survey.deadline()));
        }
    }

    /** When the hub must not be down any more, if it goes down now. */
    private Optional<Instant> cutoverOver() {
        MigrationSpec.Cutover cutover = subject.spec().cutover();
        return Stream.concat(cutover.end().stream(), cutover.maxDowntime().map(now::plus).stream())
                .min(Comparator.naturalOrder());
    }

    /**
     * Asks the participant what became of a command.
     *
     * @param unheard how often it was asked already without an answer; the more often, the longer until the next time, lest a service that
     *     is away for days finds thousands of questions
     */
    void inquire(Step step, StepRef ref, int unheard) {
        outgoing.add(new Outgoing.Inquire(
                ref, step.participant(), new Probe(MessageId.ofCommand(subject.migration(), ref)), now));
        Duration pause = definition.patience().probeAfter().multipliedBy(1L << Math.min(unheard, MOST_DOUBLINGS));
        alarm(new TimerKey.Unanswered(ref), now.plus(pause));
    }

    /** Withdraws a command, whatever became of an earlier withdrawal; the run stays as it is. */
    void withdrawAgain(Step step, StepRef ref, String reason) {
        MessageId command = MessageId.ofCommand(subject.migration(), ref);
        outgoing.add(new Outgoing.Withdraw(ref, step.participant(), new Cancel(command, reason)));
    }

    void withdraw(Step step, Run.InFlight run, String reason) {
        StepRef ref = new StepRef(step.name(), Direction.DO, run.attempt());
        MessageId command = MessageId.ofCommand(subject.migration(), ref);
        set(step, Direction.DO, run.cancelled());
        outgoing.add(new Outgoing.Withdraw(ref, step.participant(), new Cancel(command, reason)));
    }

    /** Takes in the answer to a command in flight: success, another attempt, or failure for good. */
    void answered(Step step, Run.InFlight run, SagaEvent.Replied event) {
        Direction direction = event.step().direction();
        switch (judged(step, event)) {
            case Rejected failure -> failed(step, direction, run, failure);
            case Reply reply -> {
                set(step, direction, run.succeeded(reply, now));
                happened(new StepSucceeded(step.name(), direction, run.attempt(), event.result()));
            }
        }
    }

    /** Takes in the answer to a withdrawn command. */
    void answered(Step step, Run.Cancelling run, SagaEvent.Replied event) {
        Direction direction = event.step().direction();
        switch (judged(step, event)) {
            case Rejected failure -> failed(step, direction, run, failure);
            case Reply reply -> {
                set(step, direction, run.succeeded(reply, now));
                happened(new StepSucceeded(step.name(), direction, run.attempt(), event.result()));
            }
        }
    }

    /** A withdrawn command that fails is not tried again. */
    void failed(Step step, Direction direction, Run.Cancelling run, Rejected failure) {
        set(step, direction, run.failed(failure, now));
        happened(failure(step, direction, run.attempt(), failure));
    }

    void failed(Step step, Direction direction, Run.InFlight run, Rejected failure) {
        happened(failure(step, direction, run.attempt(), failure));
        RetryPolicy policy = policy(step, direction, failure);
        if (!isRetried(failure, direction) || !policy.allows(run.attemptOfRound() + 1)) {
            set(step, direction, run.failed(failure, now));
            return;
        }
        StepRef next = new StepRef(step.name(), direction, run.attempt() + 1);
        Instant dueAt =
                now.plus(policy.delayBefore(run.attemptOfRound() + 1, MessageId.ofCommand(subject.migration(), next)));
        set(step, direction, run.retryAt(dueAt, failure));
        alarm(new TimerKey.Retry(next), dueAt);
        happened(new StepRetryScheduled(step.name(), direction, next.attempt(), dueAt));
    }

    /** Failed, although it may be tried again: nobody waits for it. */
    void givenUp(Step step, Run.InFlight run, Rejected failure) {
        set(step, Direction.DO, run.failed(failure, now));
        happened(failure(step, Direction.DO, run.attempt(), failure));
    }

    /** An answer of the wrong kind is a failure, not something that later steps stumble over. */
    private static Reply judged(Step step, SagaEvent.Replied event) {
        Reply reply = event.reply();
        Class<? extends Reply> expected = switch (event.step().direction()) {
            case DO -> step.answer();
            case UNDO -> undoOf(step).answer();
        };
        if (reply instanceof Rejected || expected.isInstance(reply)) {
            return reply;
        }
        return Rejected.of(
                ErrorCode.UNEXPECTED,
                step.name() + " was answered with " + reply.getClass().getSimpleName() + " instead of "
                        + expected.getSimpleName());
    }

    private Command command(Step step, Direction direction) {
        return switch (direction) {
            case DO -> step.command().apply(context());
            case UNDO -> undoOf(step).command().apply(subject.spec());
        };
    }

    /** An operator who is needed for an undo is told soon: trying for long would only hide that. */
    private RetryPolicy policy(Step step, Direction direction, Rejected failure) {
        Patience patience = definition.patience();
        return switch (direction) {
            case DO -> definition.isLate(step) ? patience.late() : patience.forward();
            case UNDO -> failure.category() == ErrorCategory.NEEDS_OPERATOR ? patience.forward() : patience.undo();
        };
    }

    /** An undo is also tried again where an operator may just be putting things right: after it there is only parking. */
    private static boolean isRetried(Rejected failure, Direction direction) {
        return switch (failure.category()) {
            case TRANSIENT -> true;
            case NEEDS_OPERATOR -> direction == Direction.UNDO;
            case PERMANENT -> false;
        };
    }

    private static Undo.By undoOf(Step step) {
        return switch (step.undo()) {
            case Undo.By by -> by;
            case Undo.Nothing _ -> throw new IllegalStateException("step " + step.name() + " has no undo");
        };
    }

    private static StepFailed failure(Step step, Direction direction, int attempt, Rejected failure) {
        return new StepFailed(
                step.name(),
                direction,
                attempt,
                failure.code(),
                failure.detail(),
                failure.problems(),
                failure.category());
    }
}
