package dev.hubferry.simulation.protocol;

import dev.hubferry.contracts.Reply;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.chance.FaultKind;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a service has said and not yet published; the relay publishes in order and at least once. */
public final class Outbox {
    private static final int POLL = 500;

    private final Chance chance;
    private final Replicas replicas;
    private final boolean orchestrators;
    private final Deque<Said> rows = new ArrayDeque<>();
    private boolean waking;

    private record Said(Partition to, Letter letter) {}

    /** @param orchestrators whether it is the orchestrator's, whose process may then die before the relay */
    public Outbox(Chance chance, Replicas replicas, boolean orchestrators) {
        this.chance = chance;
        this.replicas = replicas;
        this.orchestrators = orchestrators;
    }

    /** To be called in the transaction that makes the letter true. */
    public void add(Partition to, Letter letter) {
        rows.add(new Said(to, letter));
        wake(chance.dice().oneIn(10) ? POLL : chance.dice().between(1, 20));
    }

    private void wake(long millis) {
        if (!waking) {
            waking = true;
            chance.agenda().in(millis, this::relay);
        }
    }

    private void relay() {
        waking = false;
        if (rows.isEmpty()) {
            return;
        }
        if (!replicas.canAct() || dies()) {
            wake(Math.max(POLL, replicas.retryAfter()));
            return;
        }
        for (Said row : rows) {
            row.to().append(row.letter());
        }
        Said last = rows.getLast();
        FaultKind again = last.letter().body() instanceof Reply ? FaultKind.REPLY_AGAIN : FaultKind.COMMAND_AGAIN;
        if (chance.faults().strike(again, last.letter().row())) {
            // It died before it deleted the rows, so the next relay publishes them once more.
            wake(POLL);
        } else {
            rows.clear();
        }
    }

    private boolean dies() {
        if (orchestrators
                && chance.faults()
                        .strike(
                                FaultKind.ORCHESTRATOR_CRASHED,
                                rows.getFirst().letter().row())) {
            replicas.acting().ifPresent(replica -> replicas.kill(replica, () -> {}));
            return !replicas.canAct();
        }
        return false;
    }
}
