package dev.hubferry.trace;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Where spans are told; none of it ever throws, waits for a collector, or costs much when traces are switched off. */
public interface Traces {
    /** Traces are switched off. */
    Traces NONE = new NoTraces();

    /** Whether anybody listens. */
    boolean on();

    /** Where this thread is in a trace, by {@link #within}, {@link #root} or the request that it serves. */
    Optional<TraceParent> here();

    /** The time that spans go by. */
    Instant now();

    void tell(Told span);

    /**
     * Says that this thread, and those that it begins from here on, work at a place, until closed: what they {@link #call} is told as
     * parts of it, as far as its limits go.
     */
    Work within(TraceParent place);

    /**
     * Begins a span of work that somebody asked for, a part of their trace or the first of a new one; it ends when it is closed.
     *
     * @param asked where whoever asked was
     */
    Work root(String name, Optional<TraceParent> asked);

    /**
     * Begins a call to something outside, of the work that this thread is within; outside of all work it is not told.
     *
     * @param name one of few
     */
    Call call(String name, Map<String, Object> attributes);

    /** Adds to the span of the request that this thread serves, if it serves one. */
    void say(String key, String value);

    /** Makes a place in another trace reachable from the request that this thread serves. */
    void link(TraceParent other);

    /** Work at a place, until closed. */
    interface Work extends AutoCloseable {
        /** How many calls were made within it so far, and how many of them were too many to be told. */
        Count calls();

        @Override
        void close();
    }

    /** @param untold calls that were beyond the limits */
    record Count(long made, long untold) {
        static final Count NONE = new Count(0, 0);
    }

    /** A call that is under way, until closed. */
    interface Call extends AutoCloseable {
        Call say(String key, Object value);

        /** @param code of what went wrong, one of few */
        Call failed(String code);

        @Override
        void close();
    }
}
