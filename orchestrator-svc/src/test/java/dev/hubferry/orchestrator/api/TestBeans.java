package dev.hubferry.orchestrator.api;

import dev.hubferry.orchestrator.script.TestClock;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What tests put in the place of the real thing. */
class TestBeans {
    @Produces
    @Singleton
    @Typed({Clock.class, TestClock.class})
    TestClock clock() {
        return new TestClock();
    }
}
