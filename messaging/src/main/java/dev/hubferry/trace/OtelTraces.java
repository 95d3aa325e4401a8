package dev.hubferry.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells spans to OpenTelemetry, whose processor exports them on a thread of its own and drops what nobody takes. */
public final class OtelTraces implements Traces {
    private static final Logger LOG = Logger.getLogger(OtelTraces.class);

    private final Tracer tracer;
    private final Clock clock;

    /** Threads that work begins take part in it: commands have both sides of a copy looked at side by side. */
    private final InheritableThreadLocal<@Nullable Place> place = new InheritableThreadLocal<>();

    /** @param tracer of an SDK whose ids are {@link NamedSpanIds} */
    public OtelTraces(Tracer tracer, Clock clock) {
        this.tracer = tracer;
        this.clock = clock;
    }

    @Override
    public boolean on() {
        return true;
    }

    @Override
    public Optional<TraceParent> here() {
        Place known = place();
        if (known != null) {
            return Optional.of(known.at);
        }
        return parent(Span.current().getSpanContext());
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void tell(Told span) {
        if (!span.parent().sampled()) {
            return;
        }
        try {
            SpanBuilder builder = tracer.spanBuilder(span.name())
                    .setParent(Context.root().with(Span.wrap(context(span.parent()))))
                    .setSpanKind(kind(span.kind()))
                    .setStartTimestamp(span.start())
                    .setAllAttributes(attributes(span.attributes()));
            span.link().ifPresent(other -> builder.addLink(context(other)));
            Span begun = begin(builder, span.itself());
            span.failure().ifPresent(code -> begun.setStatus(StatusCode.ERROR, code));
            begun.end(span.end());
        } catch (RuntimeException e) {
            LOG.debug("a span cannot be told", e);
        }
    }

    private static Span begin(SpanBuilder builder, Optional<TraceParent> itself) {
        itself.ifPresent(own -> NamedSpanIds.next(own.spanId()));
        try {
            return builder.startSpan();
        } finally {
            NamedSpanIds.clear();
        }
    }

    @Override
    public Work within(TraceParent at) {
        return new Place(at, null);
    }

    @Override
    public Work root(String name, Optional<TraceParent> asked) {
        Context parent = asked.map(place -> Context.root().with(Span.wrap(context(place))))
                .orElse(Context.root());
        Span span = tracer.spanBuilder(name)
                .setParent(parent)
                .setSpanKind(SpanKind.CONSUMER)
                .startSpan();
        return new Place(parent(span.getSpanContext()).orElseThrow(), span);
    }

    @Override
    public Call call(String name, Map<String, Object> attributes) {
        Place known = place();
        return known == null || !known.at.sampled()
                ? NoTraces.NO_CALL
                : new OpenCall(known, name, attributes, clock.instant());
    }

    @Override
    public void say(String key, String value) {
        current().setAttribute(key, value);
    }

    @Override
    public void link(TraceParent other) {
        current().addLink(context(other));
    }

    private Span current() {
        Place known = place();
        return known != null && known.span != null ? known.span : Span.current();
    }

    /** Threads of pools, which are none of virtual ones, may have been made by one piece of work and serve another. */
    private @Nullable Place place() {
        Place known = place.get();
        Thread here = Thread.currentThread();
        return known != null && !known.over && (known.owner == here || here.isVirtual()) ? known : null;
    }

    private static Optional<TraceParent> parent(SpanContext context) {
        return context.isValid()
                ? Optional.of(new TraceParent(context.getTraceId(), context.getSpanId(), context.isSampled()))
                : Optional.empty();
    }

    private static SpanContext context(TraceParent parent) {
        return SpanContext.createFromRemoteParent(
                parent.traceId(),
                parent.spanId(),
                parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
    }

    private static SpanKind kind(Told.Kind kind) {
        return switch (kind) {
            case INTERNAL -> SpanKind.INTERNAL;
            case CLIENT -> SpanKind.CLIENT;
            case PRODUCER -> SpanKind.PRODUCER;
            case CONSUMER -> SpanKind.CONSUMER;
        };
    }

    private static Attributes attributes(Map<String, Object> all) {
        AttributesBuilder made = Attributes.builder();
        all.forEach((key, value) -> {
            switch (value) {
                case Boolean flag -> made.put(key, flag);
                case Integer number -> made.put(key, number.longValue());
                case Long number -> made.put(key, number);
                default -> made.put(key, value.toString());
            }
        });
        return made.build();
    }

    /** What a thread works at. */
    private final class Place implements Work {
        private final TraceParent at;
        private final @Nullable Span span;
        private final @Nullable Place before;
        private final CallLimits limits = new CallLimits();
        private final Thread owner = Thread.currentThread();
        private volatile boolean over;

        Place(TraceParent at, @Nullable Span span) {
            this.at = at;
            this.span = span;
            this.before = place.get();
            place.set(this);
        }

        @Override
        public Count calls() {
            return limits.count();
        }

        @Override
        public void close() {
            over = true;
            if (before == null) {
                place.remove();
            } else {
                place.set(before);
            }
            if (span != null) {
                span.end();
            }
        }
    }

    private final class OpenCall implements Call {
        private final Place within;
        private final String name;
        private final Map<String, Object> attributes;
        private final Instant start;
        private final long startNanos = System.nanoTime();
        private Optional<String> failure = Optional.empty();
        private boolean closed;

        OpenCall(Place within, String name, Map<String, Object> attributes, Instant start) {
            this.within = within;
            this.name = name;
            this.attributes = new LinkedHashMap<>(attributes);
            this.start = start;
        }

        @Override
        public synchronized Call say(String key, Object value) {
            attributes.put(key, value);
            return this;
        }

        @Override
        public synchronized Call failed(String code) {
            failure = Optional.of(code);
            return this;
        }

        /** What ends after the work it belongs to is told as well: the work may have been cut short. */
        @Override
        public synchronized void close() {
            if (closed) {
                return;
            }
            closed = true;
            if (within.limits.take(name, failure.isPresent())) {
                tell(Told.of(name, Told.Kind.CLIENT, within.at, start, start.plusNanos(System.nanoTime() - startNanos))
                        .with(attributes)
                        .failed(failure));
            }
        }
    }
}
