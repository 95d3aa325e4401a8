package dev.hubferry.dns.adapter.metrics;

import dev.hubferry.dns.domain.CallBudget;
import dev.hubferry.dns.domain.NoSpareCallException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts the calls that an account's limits allowed and those that they did not, and how long was waited for them. */
public final class MeteredCallBudget implements CallBudget {
    private final CallBudget budget;
    private final MeterRegistry registry;

    public MeteredCallBudget(CallBudget budget, MeterRegistry registry) {
        this.budget = budget;
        this.registry = registry;
    }

    @Override
    public void take() throws InterruptedException {
        long start = System.nanoTime();
        String outcome = "refused";
        try {
            budget.take();
            outcome = "taken";
        } catch (NoSpareCallException e) {
            outcome = "spared";
            throw e;
        } finally {
            Timer.builder("hubferry.dns.call.wait")
                    .description("Waits for a free call of the provider's limits, most of them next to nothing")
                    .register(registry)
                    .record(Duration.ofNanos(System.nanoTime() - start));
            Counter.builder("hubferry.dns.calls")
                    .description("Calls that the provider's limits were asked for: taken, refused since none was"
                            + " to be had in time, or spared for migrations")
                    .tag("outcome", outcome)
                    .register(registry)
                    .increment();
        }
    }

    @Override
    public CallBudget spare() {
        return new MeteredCallBudget(budget.spare(), registry);
    }
}
