package dev.hubferry.storage.domain.plan;

import java.util.Set;

/** Opens what a plan reads and writes, anew for each attempt: only the last one counts. */
public interface PlanAttempts {
    /** @param forced see {@link PlanInput#forced} */
    PlanInput input(Set<String> forced) throws InterruptedException;

    /** Takes a plan from its beginning; what an earlier attempt wrote is void. */
    PlanSink sink() throws InterruptedException;
}
