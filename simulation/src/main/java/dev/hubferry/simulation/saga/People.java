package dev.hubferry.simulation.saga;

import dev.hubferry.contracts.Priority;
import dev.hubferry.orchestrator.saga.engine.SagaEvent;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.chance.FaultKind;
import dev.hubferry.simulation.chance.Row;
import java.util.Optional;

/** Who approve, reject, forget, answer twice, pause, change their minds, and look after what is parked. */
final class People {
    private static final int TWO_DAYS = 172_800_000;

    private final Chance chance;
    private final Orchestrator orchestrator;

    People(Chance chance, Orchestrator orchestrator) {
        this.chance = chance;
        this.orchestrator = orchestrator;
    }

    /** A gate waits. */
    void asked(String gate, Row row) {
        maySayNo(row);
        if (chance.faults().strike(FaultKind.GATE_EXPIRED, row)) {
            return;
        }
        boolean approved = !chance.faults().strike(FaultKind.GATE_REJECTED, row);
        chance.soon(1_000, chance.dice().oneIn(4) ? TWO_DAYS : 600_000, () -> answer(gate, approved));
    }

    /** Something went out or waits: maybe somebody does not want it. */
    void maySayNo(Row row) {
        if (chance.faults().mayStrike(FaultKind.ABORTED, row)) {
            chance.soon(1, chance.dice().oneIn(4) ? 60_000 : 1_500, orchestrator::abort);
        }
        if (chance.faults().mayStrike(FaultKind.PAUSED, row)) {
            chance.soon(1, 1_500, this::pause);
        }
    }

    /** A step waits for its turn. */
    void queued(Row row) {
        maySayNo(row);
        if (chance.dice().oneIn(8)) {
            SagaEvent word = new SagaEvent.PriorityAsked(Priority.HIGH, "op", "it is late");
            chance.soon(1, 60_000, () -> orchestrator.apply(word));
        }
    }

    private void pause() {
        if (orchestrator.pause()) {
            chance.soon(1_000, chance.dice().oneIn(4) ? TWO_DAYS : 600_000, this::resume);
        }
    }

    private void resume() {
        orchestrator.apply(new SagaEvent.ResumeAsked("op"));
    }

    /** The migration stands still at a row until a person comes, if one does. */
    void parked(String row) {
        if (chance.dice().oneIn(2)) {
            SagaEvent word = chance.dice().oneIn(3)
                    ? new SagaEvent.AbortAsked("op", "not today")
                    : new SagaEvent.RetryAsked(row, "op");
            chance.soon(60_000, TWO_DAYS, () -> orchestrator.apply(word));
        }
    }

    /** An approval was refused: some ask who may say that it may take longer, some forget it. */
    private void overBudget(String gate) {
        if (chance.dice().oneIn(4)) {
            return;
        }
        SagaEvent word = new SagaEvent.GateAnswered(gate, true, "op", "", Optional.of("the dean agrees"));
        chance.soon(1_000, chance.dice().oneIn(4) ? TWO_DAYS : 600_000, () -> orchestrator.apply(word));
    }

    private void answer(String gate, boolean approved) {
        boolean taken = orchestrator.apply(new SagaEvent.GateAnswered(gate, approved, "op", ""));
        if (!taken && approved && orchestrator.asks(gate)) {
            overBudget(gate);
        }
        if (chance.dice().oneIn(16)) {
            chance.soon(1, 5_000, () -> orchestrator.apply(new SagaEvent.GateAnswered(gate, true, "other", "")));
        }
    }
}
