package dev.hubferry.orchestrator.api;

import static java.util.stream.Collectors.toSet;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every span that was told in this JVM. */
public final class SpanTap implements SpanProcessor {
    private final List<SpanData> told = new CopyOnWriteArrayList<>();

    /** Those of one trace. */
    List<SpanData> of(String traceId) {
        return told.stream().filter(span -> span.getTraceId().equals(traceId)).toList();
    }

    List<SpanData> all() {
        return List.copyOf(told);
    }

    /** Names of spans whose parent is neither told of nor among those that others tell of. */
    List<String> orphans(String traceId, Set<String> others) {
        List<SpanData> trace = of(traceId);
        Set<String> known = trace.stream().map(SpanData::getSpanId).collect(toSet());
        return trace.stream()
                .filter(span -> !known.contains(span.getParentSpanId()) && !others.contains(span.getParentSpanId()))
                .map(SpanData::getName)
                .toList();
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (span.getSpanContext().isSampled()) {
            told.add(span.toSpanData());
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
