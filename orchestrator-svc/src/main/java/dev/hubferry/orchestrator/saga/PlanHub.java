package dev.hubferry.orchestrator.saga;

import dev.hubferry.orchestrator.saga.engine.Aim;
import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import java.time.Duration;
import java.util.List;

/** The saga of a dry run: the checks of {@link MigrateHub} and nothing else. It changes nothing, holds nothing and waits for nobody. */
public final class PlanHub {
    public static final String NAME = "plan-hub";

    /** Higher whenever the checks of {@link MigrateHub} are others. */
    public static final int VERSION = 1;

    public static final String ID = NAME + "/" + VERSION;

    /** Somebody may be waiting for the answer, and may ask again. */
    private static final int MOST_ATTEMPTS = 3;

    private PlanHub() {}

    /**
     * @param patience of migrations; a dry run has less
     * @param deadline how long answers are waited for
     */
    public static SagaDefinition definition(Patience patience, Duration deadline) {
        return new SagaDefinition(
                NAME, VERSION, List.of(MigrateHub.checks()), List.of(), lessThan(patience), new Aim.Survey(deadline));
    }

    /** Whether a definition, be it one of a newer version, is that of a dry run. */
    public static boolean isIdOfPlan(String definition) {
        return definition.startsWith(NAME + "/");
    }

    private static Patience lessThan(Patience patience) {
        RetryPolicy forward = patience.forward();
        RetryPolicy few = new RetryPolicy(forward.first(), forward.cap(), Math.min(forward.attempts(), MOST_ATTEMPTS));
        return new Patience(few, few, few, patience.probeAfter());
    }
}
