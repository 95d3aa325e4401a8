package dev.hubferry.orchestrator.saga.engine;

import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.PassForecast;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a gate foretells of the downtime behind it.
 *
 * @param forecast if the hub were closed at the context's time; asked only when all rows above the gate have ended
 * @param budget how long that may take
 */
public record Foresight(
        Function<SagaContext, PassForecast> forecast, Function<MigrationSpec, Optional<Duration>> budget) {

    /** What can be said at a time: the hub is closed then, or as soon as its window begins. */
    public Outlook outlook(MigrationSpec spec, Ledger ledger, Instant now) {
        Instant cut = spec.cutover().start().filter(now::isBefore).orElse(now);
        return new Outlook(forecast.apply(new SagaContext(spec, ledger, cut)), budget.apply(spec));
    }
}
