package dev.hubferry.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Takes spans as collectors do: OTLP over HTTP, as protobuf. */
public final class TraceCollector implements AutoCloseable {
    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final AtomicInteger hanging = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean hangs;

    /**
     * A span as it came.
     *
     * @param service who told it
     * @param parentId empty when it is the first of its trace
     * @param failure the description of its status
     * @param links trace ids of what it belongs to as well
     */
    public record Span(
            String service,
            String traceId,
            String id,
            String parentId,
            String name,
            Map<String, String> attributes,
            Instant start,
            Instant end,
            String failure,
            Set<String> links) {
        public String attribute(String key) {
            return attributes.getOrDefault(key, "");
        }
    }

    private TraceCollector(HttpServer server) {
        this.server = server;
    }

    public static TraceCollector start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TraceCollector collector = new TraceCollector(server);
            server.createContext("/v1/traces", collector::take);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return collector;
        } catch (IOException e) {
            throw new TestbedException("a collector of traces cannot be started", e);
        }
    }

    /** Settings of a service that tells its traces here. */
    public Map<String, String> settings() {
        return Map.of(
                "quarkus.otel.sdk.disabled", "false",
                "quarkus.otel.exporter.otlp.traces.protocol", "http/protobuf",
                "quarkus.otel.exporter.otlp.endpoint",
                        "http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From here on it takes requests and never answers them. */
    public void hang() {
        hangs = true;
    }

    /** How many requests wait for an answer that does not come. */
    public int hanging() {
        return hanging.get();
    }

    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** All that services said, whatever part of a span it was in. */
    public String text() {
        return String.join("\n", texts);
    }

    /** Spans of a trace whose parent nobody told of; the first of the trace, or its caller's, is none. */
    public List<Span> orphans(String traceId, String caller) {
        List<Span> trace =
                spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
        Set<String> known = trace.stream().map(Span::id).collect(Collectors.toSet());
        return trace.stream()
                .filter(span -> !span.parentId().isEmpty() && !span.parentId().equals(caller))
                .filter(span -> !known.contains(span.parentId()))
                .toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (hangs) {
                hanging.incrementAndGet();
                closed.await();
                return;
            }
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = exchange.getRequestBody();
            ExportTraceServiceRequest told =
                    ExportTraceServiceRequest.parseFrom(zipped ? new GZIPInputStream(body) : body);
            texts.add(told.toString());
            told.getResourceSpansList().forEach(this::keep);
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(ResourceSpans told) {
        String service = texts(told.getResource().getAttributesList()).getOrDefault("service.name", "");
        for (ScopeSpans scope : told.getScopeSpansList()) {
            scope.getSpansList().forEach(span -> spans.add(span(service, span)));
        }
    }

    private static Span span(String service, io.opentelemetry.proto.trace.v1.Span told) {
        HexFormat hex = HexFormat.of();
        return new Span(
                service,
                hex.formatHex(told.getTraceId().toByteArray()),
                hex.formatHex(told.getSpanId().toByteArray()),
                hex.formatHex(told.getParentSpanId().toByteArray()),
                told.getName(),
                texts(told.getAttributesList()),
                Instant.EPOCH.plus(Duration.ofNanos(told.getStartTimeUnixNano())),
                Instant.EPOCH.plus(Duration.ofNanos(told.getEndTimeUnixNano())),
                told.getStatus().getMessage(),
                told.getLinksList().stream()
                        .map(link -> hex.formatHex(link.getTraceId().toByteArray()))
                        .collect(Collectors.toSet()));
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        Map<String, String> texts = new TreeMap<>();
        for (KeyValue attribute : attributes) {
            var value = attribute.getValue();
            texts.put(
                    attribute.getKey(),
                    switch (value.getValueCase()) {
                        case STRING_VALUE -> value.getStringValue();
                        case INT_VALUE -> Long.toString(value.getIntValue());
                        case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
                        default -> value.toString();
                    });
        }
        return texts;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
