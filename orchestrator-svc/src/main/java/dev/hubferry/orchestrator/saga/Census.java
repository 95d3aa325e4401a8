package dev.hubferry.orchestrator.saga;

import dev.hubferry.orchestrator.saga.engine.SagaState;
import java.util.List;
import java.util.Map;

/** Counts the migrations that have not ended, dry runs left out, with little work however many there are. */
public interface Census {
    Count take();

    /**
     * @param byStatus how many there are, by a status such as {@code PARKED}
     * @param gates how many wait at a gate, by the gate's name
     * @param closed those of ours whose hub was closed, or was to be, at some time; their hub may be open again
     * @param silent steps in flight whose participants do not even answer when asked what became of them
     */
    record Count(Map<String, Long> byStatus, Map<String, Long> gates, List<SagaState> closed, int silent) {}
}
