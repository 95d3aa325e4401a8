package dev.hubferry.orchestrator.config;

import dev.hubferry.orchestrator.tracing.RequestPrivacy;
import dev.hubferry.orchestrator.tracing.RequestSampler;
import dev.hubferry.orchestrator.tracing.SagaTraces;
import dev.hubferry.trace.Traces;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts of traces together. */
@Dependent
class TraceBeans {
    @Produces
    @Singleton
    SagaTraces sagaTraces(Traces traces) {
        return new SagaTraces(traces);
    }

    @Produces
    @Singleton
    Sampler sampler(@ConfigProperty(name = "quarkus.otel.traces.sampler.arg", defaultValue = "1") double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "quarkus.otel.traces.sampler.arg is the share of migrations to trace, from 0 to 1, but was "
                            + share);
        }
        return RequestSampler.keeping(share);
    }

    @Produces
    @Singleton
    SpanProcessor privacy() {
        return new RequestPrivacy();
    }
}
