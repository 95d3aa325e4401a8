package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.MigrationSpec;
import java.util.Set;
import java.util.function.Function;

/**
 * What a span of a saga's table needs while it lasts: {@code first} waits until all of it is free, and it is free again when {@code last}
 * has ended well, or when the span was taken back.
 *
 * @param first a step that stands alone in its row
 * @param last the same step, or one below it
 * @param slots from the spec alone, so that it is the same whenever it is asked
 */
public record Claim(String first, String last, Function<MigrationSpec, Set<Slot>> slots) {}
