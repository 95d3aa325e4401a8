package dev.hubferry.orchestrator.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.Set;

/**
 * Which traces are begun here: of requests that may change something, a share. A page that is open asks several times a second, and
 * whoever wants to see such a request in a trace brings one. What Quarkus' own clients ask is told in no trace: it would name whole URLs.
 */
public final class RequestSampler implements Sampler {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Sampler share;
    private final Sampler ofOwnTraces;

    private RequestSampler(double share) {
        this.share = Sampler.traceIdRatioBased(share);
        this.ofOwnTraces = Sampler.parentBased(new Beginnings());
    }

    /** @param share of new traces that are kept, from 0 to 1; who brings a trace has decided */
    public static Sampler keeping(double share) {
        return new RequestSampler(share);
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        return kind == SpanKind.CLIENT && attributes.get(URL) != null
                ? SamplingResult.drop()
                : ofOwnTraces.shouldSample(parent, traceId, name, kind, attributes, links);
    }

    @Override
    public String getDescription() {
        return "requests that may change something, " + share.getDescription();
    }

    /** Of spans without a parent. */
    private final class Beginnings implements Sampler {
        @Override
        public SamplingResult shouldSample(
                Context parent,
                String traceId,
                String name,
                SpanKind kind,
                Attributes attributes,
                List<LinkData> links) {
            String method = attributes.get(METHOD);
            boolean reads = method != null && READING.contains(method);
            return reads || kind == SpanKind.CLIENT
                    ? SamplingResult.drop()
                    : share.shouldSample(parent, traceId, name, kind, attributes, links);
        }

        @Override
        public String getDescription() {
            return RequestSampler.this.getDescription();
        }
    }
}
