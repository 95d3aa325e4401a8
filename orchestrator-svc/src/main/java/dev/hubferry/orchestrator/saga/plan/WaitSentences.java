package dev.hubferry.orchestrator.saga.plan;

import static dev.hubferry.orchestrator.saga.plan.Sentence.forwardOnly;
import static dev.hubferry.orchestrator.saga.plan.Sentence.looks;

import dev.hubferry.contracts.MigrationSpec;
import dev.hubferry.orchestrator.saga.plan.Sentences.Wording;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people and the clock are waited for. */
final class WaitSentences {
    private WaitSentences() {}

    static Optional<Wording> of(String row) {
        @Nullable
        Wording wording = switch (row) {
            case "approve-plan" -> WaitSentences::approvePlan;
            case "old-ttl-expired" -> WaitSentences::oldTtlExpired;
            case "approve-downtime" -> WaitSentences::approveDowntime;
            case "cutover-window" -> WaitSentences::cutoverWindow;
            case "soak" -> WaitSentences::soak;
            case "approve-cleanup" -> WaitSentences::approveCleanup;
            default -> null;
        };
        return Optional.ofNullable(wording);
    }

    private static Sentence approvePlan(PlanFacts f) {
        return looks(
                "Asks an approver whether the move may begin, with what the checks found; before it nothing is changed.");
    }

    private static Sentence oldTtlExpired(PlanFacts f) {
        return looks("Waits %s, so that no cache keeps the record with the old TTL any more; users go on working."
                .formatted(f.oldTtl().map(Figures::time).orElse("as long as the old TTL says")));
    }

    private static Sentence approveDowntime(PlanFacts f) {
        String budget = f.spec()
                .cutover()
                .finalPassBudget()
                .map(most -> " Above the budget of %s somebody has to say that it may take longer."
                        .formatted(Figures.time(most)))
                .orElse("");
        return looks(
                "Asks an approver whether the hub may be closed, with the forecast of the final pass by what the seed has measured.%s"
                        .formatted(budget));
    }

    private static Sentence cutoverWindow(PlanFacts f) {
        MigrationSpec.Cutover cutover = f.spec().cutover();
        String start = cutover.start()
                .map(at -> "Waits until %s.".formatted(at))
                .orElse("Waits for nothing: the spec names no start.");
        String end = cutover.end()
                .map(at -> " From %s on the hub is not closed, and one that is closed is taken back.".formatted(at))
                .orElse("");
        return looks(start + end);
    }

    private static Sentence soak(PlanFacts f) {
        return forwardOnly("Waits %s, while the new hub is watched and what the old one leaves behind is kept."
                .formatted(Figures.time(f.spec().soak())));
    }

    private static Sentence approveCleanup(PlanFacts f) {
        return forwardOnly(
                "Asks an approver whether the rest may be cleaned up: the record's TTL and the key between the storage servers.");
    }
}
