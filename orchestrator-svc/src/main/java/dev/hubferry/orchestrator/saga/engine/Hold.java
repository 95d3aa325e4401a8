package dev.hubferry.orchestrator.saga.engine;

import java.time.Instant;

/** Whether a running migration may begin anything new. */
public sealed interface Hold {
    Hold NONE = new None();

    /** It may. */
    record None() implements Hold {}

    /** A person wants it to stand still, as soon as it is safe. */
    record Paused(String by, String reason, Instant since) implements Hold {}
}
