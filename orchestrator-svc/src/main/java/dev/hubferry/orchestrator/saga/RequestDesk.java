package dev.hubferry.orchestrator.saga;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where requests that came by event are carried out and answered. */
public interface RequestDesk {
    /**
     * Returns when the request is answered, or when nobody can be told.
     *
     * @param value as it came; null when there is none
     * @return why nobody can be told; empty when somebody was
     */
    Optional<String> take(byte @Nullable [] value);
}
