package dev.hubferry.orchestrator.api.view;

import dev.hubferry.contracts.K8sReply;
import dev.hubferry.contracts.StepRef.Direction;
import dev.hubferry.orchestrator.saga.engine.Ledger;
import dev.hubferry.orchestrator.saga.engine.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When nobody could work. Those who closed and opened say when they did; where they did not, by when the orchestrator asked or heard of it,
 * so that the figure is rather too long than too short.
 */
public sealed interface Outage {
    /** The old hub was never closed. */
    record None() implements Outage {}

    /** One of the hubs was opened again. */
    record Over(Instant from, Instant until) implements Outage {}

    /** As far as anybody said, neither hub is open. */
    record GoingOn(Instant from) implements Outage {}

    /** How long it was, or has been by now. */
    default Duration length(Instant now) {
        return switch (this) {
            case None _ -> Duration.ZERO;
            case Over(Instant from, Instant until) -> Duration.between(from, until);
            case GoingOn(Instant from) -> Duration.between(from, now);
        };
    }

    static Outage of(Ledger ledger) {
        Run reopening = ledger.step("close-source").run(Direction.UNDO);
        Optional<Instant> from = closed(ledger.step("close-source").forward(), reopening);
        Optional<Instant> until = opened(ledger.step("open-target").forward()).or(() -> reopened(reopening));
        return from.<Outage>map(
                        start -> until.<Outage>map(end -> new Over(start, end)).orElseGet(() -> new GoingOn(start)))
                .orElseGet(None::new);
    }

    /** A closing that was sent and not answered with a success may have closed all the same, from the moment it was sent. */
    private static Optional<Instant> closed(Run closing, Run reopening) {
        return switch (closing) {
            case Run.NotStarted _, Run.Queued _ -> Optional.empty();
            case Run.Succeeded done when done.reply() instanceof K8sReply.SourceClosed(Instant at) -> Optional.of(at);
            case Run.Succeeded done -> Optional.of(done.startedAt());
            case Run.InFlight sent -> unlessNeverHappened(sent.startedAt(), reopening);
            case Run.Cancelling sent -> unlessNeverHappened(sent.startedAt(), reopening);
            case Run.AwaitingRetry sent -> unlessNeverHappened(sent.startedAt(), reopening);
            case Run.Failed sent -> unlessNeverHappened(sent.startedAt(), reopening);
            case Run.Skipped sent -> unlessNeverHappened(sent.startedAt(), reopening);
        };
    }

    private static Optional<Instant> unlessNeverHappened(Instant sent, Run reopening) {
        boolean never = reopening instanceof Run.Succeeded back
                && back.reply() instanceof K8sReply.SourceReopened(boolean happened)
                && !happened;
        return never ? Optional.empty() : Optional.of(sent);
    }

    private static Optional<Instant> opened(Run opening) {
        return opening instanceof Run.Succeeded done && done.reply() instanceof K8sReply.TargetOpened(Instant at)
                ? Optional.of(at)
                : Optional.empty();
    }

    private static Optional<Instant> reopened(Run reopening) {
        return switch (reopening) {
            case Run.Succeeded back -> Optional.of(back.endedAt());
            // Whoever skipped it said that it was done by hand.
            case Run.Skipped back -> Optional.of(back.endedAt());
            case Run.NotStarted _, Run.Queued _, Run.InFlight _, Run.Cancelling _, Run.AwaitingRetry _, Run.Failed _ ->
                Optional.empty();
        };
    }
}
