package dev.hubferry.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.orchestrator.saga.engine.Patience;
import dev.hubferry.orchestrator.saga.engine.RetryPolicy;
import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlanHubTest {
    private static final RetryPolicy ONCE = new RetryPolicy(Duration.ZERO, Duration.ZERO, 1);
    private static final SagaDefinition PLAN =
            PlanHub.definition(new Patience(ONCE, ONCE, ONCE, Duration.ofMinutes(1)), Duration.ofMinutes(10));

    /** A dry run that an older replica has begun would else get checks that it cannot make, or lose some. */
    @Test
    void itsVersionIsRaisedWhenTheChecksOfMigrationsChange() {
        assertThat(PLAN.id()).isEqualTo("plan-hub/1");
        assertThat(PLAN.steps())
                .extracting(step -> step.name())
                .containsExactly(
                        "check-source", "check-target", "check-homes", "check-database", "check-zone", "check-record");
    }

    @Test
    void knowsPlansOfNewerVersionsByTheirName() {
        assertThat(PlanHub.isIdOfPlan("plan-hub/7")).isTrue();
        assertThat(PlanHub.isIdOfPlan("migrate-hub/1")).isFalse();
    }
}
