package dev.hubferry.orchestrator.saga.plan;

import java.util.Optional;
import java.util.function.Function;

/** What each row of {@code migrate-hub} means for one migration; a test holds them against the rows of the newest definition. */
public final class Sentences {
    /** Makes the sentence of a row. */
    interface Wording extends Function<PlanFacts, Sentence> {}

    private Sentences() {}

    /** Of a step, approval or timer; empty for what is no row of the newest definition. */
    public static Optional<Sentence> of(String row, PlanFacts facts) {
        return HubSentences.of(row)
                .or(() -> DataSentences.of(row))
                .or(() -> NameSentences.of(row))
                .or(() -> WaitSentences.of(row))
                .map(wording -> wording.apply(facts));
    }
}
