package dev.hubferry.orchestrator.api.view;

import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.PassForecast;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.StorageReply.HomesSynced;
import dev.hubferry.orchestrator.api.view.ReportView.FinalPass;
import dev.hubferry.orchestrator.saga.MigrateHub;
import dev.hubferry.orchestrator.saga.engine.GateState;
import dev.hubferry.orchestrator.saga.engine.Ledger;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Holds what was foretold of the final pass against what it took; also of migrations that were not told a forecast. */
public final class FinalPasses {
    private FinalPasses() {}

    /** None as long as the old hub was not closed. */
    public static Optional<FinalPass> of(MigrationSpec spec, Ledger ledger) {
        return closed(ledger.step("close-source").forward()).map(at -> {
            PassForecast forecast = MigrateHub.finalPass(new SagaContext(spec, ledger, at));
            Optional<HomesSynced> synced = synced(ledger.step("sync-final").forward());
            Optional<Duration> took = synced.map(reply -> length(reply.pass()));
            return new FinalPass(
                    forecast,
                    spec.cutover().finalPassBudget(),
                    ledger.gate("approve-downtime") instanceof GateState.Approved yes
                            ? yes.overBudget()
                            : Optional.empty(),
                    took,
                    took.flatMap(truth -> holds(forecast, truth)),
                    synced.map(HomesSynced::repeats).orElse(List.of()));
        });
    }

    private static Optional<Instant> closed(Run closing) {
        return switch (closing) {
            case Run.NotStarted _, Run.Queued _ -> Optional.empty();
            case Run.InFlight sent -> Optional.of(sent.startedAt());
            case Run.Cancelling sent -> Optional.of(sent.startedAt());
            case Run.AwaitingRetry sent -> Optional.of(sent.startedAt());
            case Run.Succeeded sent -> Optional.of(sent.startedAt());
            case Run.Failed sent -> Optional.of(sent.startedAt());
            case Run.Skipped sent -> sent.attempts() == 0 ? Optional.empty() : Optional.of(sent.startedAt());
        };
    }

    private static Optional<HomesSynced> synced(Run sync) {
        return sync instanceof Run.Succeeded done && done.reply() instanceof HomesSynced reply
                ? Optional.of(reply)
                : Optional.empty();
    }

    private static Duration length(PassReport pass) {
        return Duration.between(pass.startedAt(), pass.endedAt());
    }

    private static Optional<Boolean> holds(PassForecast forecast, Duration truth) {
        return forecast.low()
                .flatMap(low -> forecast.high().map(high -> truth.compareTo(low) >= 0 && truth.compareTo(high) <= 0));
    }
}
