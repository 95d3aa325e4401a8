package dev.hubferry.simulation.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The effect journal of a service: per effect, what was there before it. */
public class Journal {
    protected final Map<String, Object> before = new HashMap<>();

    /** Does nothing when the effect is recorded already. */
    protected void record(String effect, Object value) {
        before.putIfAbsent(effect, value);
    }

    final Optional<Object> find(String effect) {
        return Optional.ofNullable(before.get(effect));
    }

    final void forget(String effect) {
        before.remove(effect);
    }
}
