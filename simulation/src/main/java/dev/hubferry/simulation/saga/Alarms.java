package dev.hubferry.simulation.saga;

import dev.hubferry.orchestrator.saga.engine.TimerKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The timer table: per key when it is due. */
public class Alarms {
    private final Map<TimerKey, Instant> due = new HashMap<>();

    /** Replaces a former one with the same key. */
    protected void set(TimerKey key, Instant dueAt) {
        due.put(key, dueAt);
    }

    /** Takes a timer out when it is there and due; two that look at once get it once. */
    final boolean take(TimerKey key, Instant now) {
        Instant at = due.get(key);
        if (at == null || at.isAfter(now)) {
            return false;
        }
        due.remove(key);
        return true;
    }

    final void clear() {
        due.clear();
    }
}
