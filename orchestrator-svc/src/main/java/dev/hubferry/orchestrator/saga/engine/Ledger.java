package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.StepRef.Direction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far every node of the saga has come, by name; a node that is absent has not been reached.
 *
 * <p>There is no pointer to a current node: it is the first one of the definition that has not ended.
 */
public record Ledger(Map<String, StepState> steps, Map<String, GateState> gates, Map<String, TimerState> timers) {
    public static final Ledger EMPTY = new Ledger(Map.of(), Map.of(), Map.of());

    public Ledger {
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
        gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
        timers = Collections.unmodifiableMap(new LinkedHashMap<>(timers));
    }

    public StepState step(String name) {
        return steps.getOrDefault(name, StepState.NOT_STARTED);
    }

    public GateState gate(String name) {
        return gates.getOrDefault(name, GateState.NOT_ASKED);
    }

    public TimerState timer(String name) {
        return timers.getOrDefault(name, TimerState.NOT_STARTED);
    }

    Ledger withRun(String step, Direction direction, Run run) {
        return new Ledger(with(steps, step, step(step).with(direction, run)), gates, timers);
    }

    Ledger withGate(String gate, GateState state) {
        return new Ledger(steps, with(gates, gate, state), timers);
    }

    Ledger withTimer(String timer, TimerState state) {
        return new Ledger(steps, gates, with(timers, timer, state));
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> changed = new LinkedHashMap<>(map);
        changed.put(key, value);
        return changed;
    }
}
