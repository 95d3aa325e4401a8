package dev.hubferry.trace;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A span that has ended.
 *
 * @param name one of few: no id, no name of anything
 * @param parent what it is a part of
 * @param itself its own place, when others had to know it before its end
 * @param attributes texts, longs and booleans; never what a person may have written, and never a secret
 * @param failure the code of what went wrong
 * @param link a place in another trace that it belongs to as well
 */
public record Told(
        String name,
        Kind kind,
        TraceParent parent,
        Optional<TraceParent> itself,
        Instant start,
        Instant end,
        Map<String, Object> attributes,
        Optional<String> failure,
        Optional<TraceParent> link) {
    /** Which side of a talk it is. */
    public enum Kind {
        INTERNAL,
        CLIENT,
        PRODUCER,
        CONSUMER
    }

    public Told {
        attributes = Map.copyOf(attributes);
        // Clocks of hosts differ.
        end = end.isBefore(start) ? start : end;
    }

    public static Told of(String name, Kind kind, TraceParent parent, Instant start, Instant end) {
        return new Told(name, kind, parent, Optional.empty(), start, end, Map.of(), Optional.empty(), Optional.empty());
    }

    public Told as(TraceParent own) {
        return new Told(name, kind, parent, Optional.of(own), start, end, attributes, failure, link);
    }

    public Told with(String key, Object value) {
        return with(Map.of(key, value));
    }

    public Told with(Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        all.putAll(more);
        return new Told(name, kind, parent, itself, start, end, all, failure, link);
    }

    public Told failed(Optional<String> code) {
        return new Told(name, kind, parent, itself, start, end, attributes, code, link);
    }

    public Told linked(Optional<TraceParent> other) {
        return new Told(name, kind, parent, itself, start, end, attributes, failure, other);
    }
}
