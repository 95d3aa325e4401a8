package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.orchestrator.saga.engine.Node.Mark;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.SagaState.Compensating;
import dev.hubferry.orchestrator.saga.engine.SagaState.Completed;
import dev.hubferry.orchestrator.saga.engine.SagaState.Parked;
import dev.hubferry.orchestrator.saga.engine.SagaState.RolledBack;
import dev.hubferry.orchestrator.saga.engine.SagaState.Running;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which slots a migration waits for or has: a function of its definition and its state.
 *
 * <pre>
 *   first step queued ──granted──▶ held ──last step succeeded──▶ free
 *                                   ├──taken back: nothing of the span under way, the hub open again──▶ free
 *                                   └──parked with its hub up──▶ free; a retry waits anew
 * </pre>
 */
public final class Claims {
    private Claims() {}

    /** Every use, in the order of the definition. */
    public static List<SlotUse> of(SagaDefinition definition, SagaState state) {
        return definition.claims().stream()
                .flatMap(claim -> use(definition, state, claim))
                .toList();
    }

    /** Whether a state has what a claim asks for. */
    static boolean holds(SagaDefinition definition, SagaState state, Claim claim) {
        Ledger ledger = state.ledger();
        if (!begun(ledger.step(claim.first()).forward())
                || over(ledger.step(claim.last()).forward())) {
            return false;
        }
        return switch (state) {
            case Running _ -> true;
            case Compensating _ -> isTakenBackStill(definition, ledger, claim);
            // Nothing is done for it, but a hub that is down is down.
            case Parked parked -> definition.inDowntime(ledger) && holds(definition, parked.was(), claim);
            case Completed _, RolledBack _ -> false;
        };
    }

    private static Stream<SlotUse> use(SagaDefinition definition, SagaState state, Claim claim) {
        if (holds(definition, state, claim)) {
            return slots(state, claim).map(slots -> new SlotUse.Held(claim.first(), slots, state.priority()));
        }
        // What a pause keeps from beginning keeps nobody else from it; afterwards it has its place again.
        return state instanceof Running running
                        && state.ledger().step(claim.first()).forward() instanceof Run.Queued queued
                        && !isPaused(definition, running)
                ? slots(state, claim)
                        .map(slots -> new SlotUse.Waiting(claim.first(), slots, state.priority(), queued.since()))
                : Stream.empty();
    }

    private static Stream<Set<Slot>> slots(SagaState state, Claim claim) {
        return Stream.of(claim.slots().apply(state.subject().spec())).filter(slots -> !slots.isEmpty());
    }

    /** Whether nothing new may begin now: a pause never lengthens a downtime. */
    static boolean isPaused(SagaDefinition definition, Running running) {
        return running.hold() instanceof Hold.Paused && !definition.inDowntime(running.ledger());
    }

    private static boolean isTakenBackStill(SagaDefinition definition, Ledger ledger, Claim claim) {
        List<Step> span = definition.span(claim);
        boolean underWay =
                span.stream().anyMatch(step -> ledger.step(step.name()).forward() instanceof Run.Flying);
        boolean down = span.getFirst().mark() == Mark.CLOSES
                && !over(ledger.step(claim.first()).back());
        return underWay || down;
    }

    private static boolean begun(Run forward) {
        return switch (forward) {
            case Run.NotStarted _, Run.Queued _, Run.Skipped _ -> false;
            case Run.InFlight _, Run.Cancelling _, Run.AwaitingRetry _, Run.Succeeded _, Run.Failed _ -> true;
        };
    }

    private static boolean over(Run run) {
        return run instanceof Run.Succeeded || run instanceof Run.Skipped;
    }
}
