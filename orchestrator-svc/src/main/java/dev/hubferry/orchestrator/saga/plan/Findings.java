package dev.hubferry.orchestrator.saga.plan;

import dev.hubferry.contracts.ErrorCategory;
import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.orchestrator.saga.engine.Ledger;
import dev.hubferry.orchestrator.saga.engine.Node.Step;
import dev.hubferry.orchestrator.saga.engine.Run;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that a dry run has found in the way, of every check, each once. */
public final class Findings {
    /** A migration that has not ended has what the move needs. */
    public static final String HELD = "HELD_BY_ANOTHER_MIGRATION";

    /** A check was not made, so nobody knows what it would have found. */
    public static final String NOT_CHECKED = "NOT_CHECKED";

    /** The hub has to be down for longer than the spec allows. */
    public static final String DOWNTIME_TOO_SHORT = "DOWNTIME_TOO_SHORT";

    /** The hub cannot be closed before the window for it is over. */
    public static final String WINDOW_TOO_EARLY = "WINDOW_TOO_EARLY";

    private Findings() {}

    /**
     * @param definition of the dry run
     * @param at when it was asked for
     */
    public static List<Finding> of(SagaDefinition definition, Ledger ledger, PlanFacts facts, Instant at) {
        Stream<Finding> checks = definition.steps().stream().flatMap(step -> of(step, ledger));
        return Stream.of(checks, downtime(facts).stream(), window(facts, at).stream())
                .flatMap(found -> found)
                .distinct()
                .toList();
    }

    private static Stream<Finding> of(Step step, Ledger ledger) {
        return switch (ledger.step(step.name()).forward()) {
            case Run.Failed failed when failed.attempts() == 0 -> Stream.of(notChecked(step, failed.failure()));
            case Run.Failed failed -> of(step, failed.failure());
            case Run.NotStarted _,
                    Run.Queued _,
                    Run.InFlight _,
                    Run.Cancelling _,
                    Run.AwaitingRetry _,
                    Run.Succeeded _,
                    Run.Skipped _ -> Stream.empty();
        };
    }

    private static Finding notChecked(Step step, Rejected failure) {
        return new Finding(
                NOT_CHECKED, step.name(), failure.detail(), "put right what the other checks found, and ask again");
    }

    private static Stream<Finding> of(Step step, Rejected failure) {
        return failure.problems().isEmpty()
                ? Stream.of(
                        new Finding(failure.code().name(), step.name(), failure.detail(), remedy(failure.category())))
                : failure.problems().stream().map(Findings::of);
    }

    private static Finding of(Problem problem) {
        return new Finding(problem.code().name(), problem.where(), problem.detail(), problem.remedy());
    }

    private static String remedy(ErrorCategory category) {
        return switch (category) {
            case TRANSIENT -> "ask again: it may be gone by itself; if it stays, put right what the detail names";
            case NEEDS_OPERATOR -> "put right what the detail names, and ask again";
            case PERMANENT -> "correct the spec, or what the detail names, and ask again";
        };
    }

    /** With the hub down it is waited for caches of the record as it is then. */
    private static Optional<Finding> downtime(PlanFacts facts) {
        Optional<Duration> most = facts.spec().cutover().maxDowntime();
        Optional<Duration> cached = facts.cachedInDowntime();
        return most.isPresent() && cached.isPresent() && most.get().compareTo(cached.get()) <= 0
                ? Optional.of(new Finding(
                        DOWNTIME_TOO_SHORT,
                        "cutover.maxDowntime",
                        "the hub may be down for %s, but %s of that are waited out alone until no cache keeps the old address"
                                .formatted(Figures.time(most.get()), Figures.time(cached.get())),
                        "allow more, or lower the TTL further with dns.cutoverTtl"))
                : Optional.empty();
    }

    /** Before the hub is closed it is waited for caches of the record as it is now. */
    private static Optional<Finding> window(PlanFacts facts, Instant at) {
        MigrationSpec.Cutover cutover = facts.spec().cutover();
        Optional<Instant> earliest = facts.oldTtl()
                .filter(_ -> !facts.record().equals(facts.lowered()))
                .map(at::plus);
        return cutover.end().isPresent()
                        && earliest.isPresent()
                        && !earliest.get().isBefore(cutover.end().get())
                ? Optional.of(new Finding(
                        WINDOW_TOO_EARLY,
                        "cutover.end",
                        "the window ends at %s, but the record's TTL of %s has to be waited out before, until %s at the earliest"
                                .formatted(
                                        cutover.end().get(),
                                        Figures.time(facts.oldTtl().orElseThrow()),
                                        earliest.get()),
                        "choose a later window, or lower the record's TTL by hand today"))
                : Optional.empty();
    }
}
