package dev.hubferry.orchestrator.api;

import dev.hubferry.orchestrator.script.TestClock;
import io.opentelemetry.sdk.trace.SpanProcessor;
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

    @Produces
    @Singleton
    @Typed({SpanProcessor.class, SpanTap.class})
    SpanTap spans() {
        return new SpanTap();
    }
}
