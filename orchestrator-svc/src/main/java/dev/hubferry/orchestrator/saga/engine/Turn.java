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
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.Reply;
import dev.hubferry.contracts.StepRef;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Node.Undo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One decision in the making: the ledger as it becomes, and what has to go out. Lives no longer than the decision. */
final class Turn {
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
        return new SagaContext(subject.spec(), ledger);
    }

    void happened(MigrationEvent event) {
        events.add(event);
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

    Decision.Advance endsAs(SagaState state) {
        return new Decision.Advance(state, outgoing, alarms, events);
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
            case Rejected failure -> {
                set(step, direction, run.failed(failure, now));
                happened(failure(step, direction, run.attempt(), failure));
            }
            case Reply reply -> {
                set(step, direction, run.succeeded(reply, now));
                happened(new StepSucceeded(step.name(), direction, run.attempt(), event.result()));
            }
        }
    }

    private void failed(Step step, Direction direction, Run.InFlight run, Rejected failure) {
        happened(failure(step, direction, run.attempt(), failure));
        RetryPolicy policy = policy(direction);
        if (!isRetried(failure, direction) || !policy.allows(run.attempt() + 1)) {
            set(step, direction, run.failed(failure, now));
            return;
        }
        StepRef next = new StepRef(step.name(), direction, run.attempt() + 1);
        Instant dueAt = now.plus(policy.delayBefore(next.attempt(), MessageId.ofCommand(subject.migration(), next)));
        set(step, direction, run.retryAt(dueAt, failure));
        alarm(new TimerKey.Retry(next), dueAt);
        happened(new StepRetryScheduled(step.name(), direction, next.attempt(), dueAt));
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

    private RetryPolicy policy(Direction direction) {
        return switch (direction) {
            case DO -> definition.retries();
            case UNDO -> definition.undoRetries();
        };
    }

    /** An undo is also tried again where an operator may just be putting things right: after it there is only parking. */
    private static boolean isRetried(Rejected failure, Direction direction) {
        ErrorCategory category = failure.code().category();
        return switch (category) {
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
        return new StepFailed(step.name(), direction, attempt, failure.code(), failure.detail(), failure.problems());
    }
}
