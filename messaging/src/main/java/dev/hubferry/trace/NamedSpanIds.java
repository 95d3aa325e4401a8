package dev.hubferry.trace;

import io.opentelemetry.sdk.trace.IdGenerator;

/** Ids of spans: random ones, but for a span that has its id already from whoever named it as a parent. */
public final class NamedSpanIds implements IdGenerator {
    private static final ThreadLocal<String> NEXT = new ThreadLocal<>();
    private final IdGenerator random = IdGenerator.random();

    /** The next span that this thread begins has this id. */
    static void next(String spanId) {
        NEXT.set(spanId);
    }

    static void clear() {
        NEXT.remove();
    }

    @Override
    public String generateSpanId() {
        String named = NEXT.get();
        return named == null ? random.generateSpanId() : named;
    }

    @Override
    public String generateTraceId() {
        return random.generateTraceId();
    }
}
