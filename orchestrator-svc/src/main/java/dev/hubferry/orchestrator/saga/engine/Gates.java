package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.MigrationEvent;
import dev.hubferry.orchestrator.saga.engine.Decision.Refusal;
import dev.hubferry.orchestrator.saga.engine.Decision.Refuse;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks people, with what is foretold of the downtime, and again when it has become longer than they may approve.
 *
 * <pre>
 *   the gate is asked ──▶ approved ──▶ window, queue, pause ──▶ the hub would be closed
 *        ▲                   │ over budget, without a reason: refused      │
 *        └───────────────────┴─────────────────────────────────────────────┘ over budget, without a reason: asked again
 * </pre>
 */
final class Gates {
    private final Turn turn;

    Gates(Turn turn) {
        this.turn = turn;
    }

    /** A gate waits for a person. */
    void ask(String gate, GateState.Waiting waiting) {
        Optional<Outlook> outlook = outlook(gate);
        turn.set(gate, waiting);
        turn.alarm(new TimerKey.GateExpiry(gate), waiting.expiresAt());
        turn.happened(new MigrationEvent.ApprovalAwaited(
                gate, waiting.expiresAt(), outlook.map(Outlook::forecast), outlook.flatMap(Outlook::budget)));
    }

    /** Until when a gate waits that is asked now. */
    Instant expiry() {
        return turn.now().plus(turn.context().spec().approvals().expiry());
    }

    /** Why an approval does not go with the budget of what follows, if it does not. */
    Optional<Refuse> objectionTo(SagaEvent.GateAnswered approval) {
        Optional<Outlook> outlook = outlook(approval.gate());
        if (approval.overBudget().isEmpty()) {
            return outlook.filter(Outlook::isOverBudget).map(over -> new Refuse(Refusal.OVER_BUDGET, over.complaint()));
        }
        return outlook.flatMap(Outlook::budget).isPresent()
                ? Optional.empty()
                : Optional.of(new Refuse(
                        Refusal.NO_BUDGET, "%s has no budget that could be passed".formatted(approval.gate())));
    }

    /**
     * To be called right before the hub is closed. True when the final pass has come to take longer than it may without a reason: then
     * somebody has to approve again.
     */
    boolean askAgainAboutBudget() {
        return turn.definition().gates().map(Node.Approval::gate).anyMatch(this::lapses);
    }

    private boolean lapses(String gate) {
        Optional<Outlook> over = outlook(gate).filter(Outlook::isOverBudget);
        if (over.isEmpty()
                || !(turn.ledger().gate(gate) instanceof GateState.Approved approved)
                || approved.overBudget().isPresent()) {
            return false;
        }
        turn.happened(new MigrationEvent.ApprovalLapsed(
                gate, over.get().forecast(), over.get().budget().orElseThrow()));
        ask(gate, approved.lapsed(turn.now(), expiry()));
        return true;
    }

    private Optional<Outlook> outlook(String gate) {
        return turn.definition()
                .gate(gate)
                .flatMap(Node.Approval::foresight)
                .map(foresight -> foresight.outlook(turn.context().spec(), turn.ledger(), turn.now()));
    }
}
