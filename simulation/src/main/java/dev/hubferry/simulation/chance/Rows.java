package dev.hubferry.simulation.chance;

import dev.hubferry.contracts.StepRef;
import dev.hubferry.orchestrator.saga.engine.Node;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.orchestrator.saga.engine.TimerKey;
import dev.hubferry.simulation.chance.Row.Sort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every row of a saga's table that a fault can hit, taken from the table itself, so that a new step has to be met as well. */
public final class Rows {
    /** Steps whose exclusive key, the zone, another migration may need too; hubs and homes are locked by the migration. */
    static final Set<String> SHARING_A_KEY = Set.of("lower-ttl", "switch-record", "restore-ttl");

    /** Steps that wait for their turn at what there is little of. */
    static final Set<String> QUEUED = Set.of("seed-homes", "close-source");

    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Row> forward = new HashMap<>();
    private final Map<String, Row> back = new HashMap<>();

    private final Row closing;

    public Rows(SagaDefinition definition) {
        definition.nodes().forEach(this::add);
        this.closing = definition.steps().stream()
                .filter(step -> step.mark() == Node.Mark.CLOSES)
                .findFirst()
                .map(step -> named(forward, step.name()))
                .orElseThrow();
    }

    public Row of(StepRef step) {
        return switch (step.direction()) {
            case DO -> named(forward, step.name());
            case UNDO -> named(back, step.name());
        };
    }

    public Row of(TimerKey key) {
        return switch (key) {
            case TimerKey.Retry retry -> of(retry.step());
            case TimerKey.Unanswered unanswered -> of(unanswered.step());
            case TimerKey.CutoverOver _ -> closing;
            case TimerKey.SurveyOver _ -> throw new IllegalArgumentException("no survey is simulated");
            case TimerKey.GateExpiry expiry -> named(forward, expiry.gate());
            case TimerKey.WaitOver over -> named(forward, over.timer());
        };
    }

    public List<Row> all() {
        return rows;
    }

    private void add(Node node) {
        switch (node) {
            case Node.Step step -> add(step);
            case Node.Parallel parallel -> parallel.steps().forEach(this::add);
            case Node.Approval approval -> add(forward, approval.gate(), Sort.GATE);
            case Node.Timer timer -> add(forward, timer.name(), Sort.TIMER);
        }
    }

    private void add(Node.Step step) {
        add(forward, step.name(), Sort.DO);
        switch (step.undo()) {
            case Node.Undo.By _ -> add(back, step.name(), Sort.UNDO);
            case Node.Undo.Nothing _ -> {}
        }
    }

    private void add(Map<String, Row> direction, String name, Sort sort) {
        Row row = new Row(rows.size(), name, sort);
        rows.add(row);
        direction.put(name, row);
    }

    private static Row named(Map<String, Row> direction, String name) {
        Row row = direction.get(name);
        if (row == null) {
            throw new IllegalArgumentException("the saga has no row " + name + " in this direction");
        }
        return row;
    }
}
