package dev.hubferry.orchestrator.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestSamplerTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Attributes POST = method("POST");
    private static final Attributes GET = method("GET");

    private final Sampler all = RequestSampler.keeping(1);

    @Test
    void beginsTracesOfWhatMayChangeSomething() {
        assertThat(kept(all, Context.root(), SpanKind.SERVER, POST)).isTrue();
        assertThat(kept(all, Context.root(), SpanKind.CONSUMER, Attributes.empty()))
                .isTrue();
        assertThat(kept(all, Context.root(), SpanKind.SERVER, GET)).isFalse();
        assertThat(kept(all, Context.root(), SpanKind.CLIENT, POST)).isFalse();
    }

    @Test
    void keepsNoneOfNoShare() {
        assertThat(kept(RequestSampler.keeping(0), Context.root(), SpanKind.SERVER, POST))
                .isFalse();
    }

    @Test
    void followsWhoBringsATrace() {
        assertThat(kept(RequestSampler.keeping(0), within(true), SpanKind.SERVER, GET))
                .isTrue();
        assertThat(kept(all, within(false), SpanKind.SERVER, POST)).isFalse();
    }

    @Test
    void tellsNoUrlThatAClientAsks() {
        Attributes url =
                POST.toBuilder().put("url.full", "https://sso.example.org/keys").build();
        assertThat(kept(all, within(true), SpanKind.CLIENT, url)).isFalse();
        // Of Hubferry's own words.
        assertThat(kept(all, within(true), SpanKind.CLIENT, POST)).isTrue();
    }

    private static Attributes method(String name) {
        return Attributes.of(AttributeKey.stringKey("http.request.method"), name);
    }

    private static Context within(boolean sampled) {
        return Context.root()
                .with(Span.wrap(SpanContext.createFromRemoteParent(
                        TRACE,
                        "b7ad6b7169203331",
                        sampled ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                        TraceState.getDefault())));
    }

    private static boolean kept(Sampler sampler, Context parent, SpanKind kind, Attributes attributes) {
        return sampler.shouldSample(parent, TRACE, "a span", kind, attributes, List.of())
                .getDecision()
                .equals(SamplingDecision.RECORD_AND_SAMPLE);
    }
}
