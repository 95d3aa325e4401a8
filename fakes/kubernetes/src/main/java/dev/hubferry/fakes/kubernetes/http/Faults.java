package dev.hubferry.fakes.kubernetes.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The nasty switches: what befalls the next requests and execs. */
public final class Faults {

    private final List<Armed> armed = new ArrayList<>();
    private OptionalLong execTruncation = OptionalLong.empty();

    /** @param path without the query, such as {@code /api/v1/namespaces/hub/services/proxy-public} */
    public record Request(String method, String path) {}

    private static final class Armed {
        private final Predicate<Request> applies;
        private final Fault fault;
        private int left;

        Armed(Predicate<Request> applies, int count, Fault fault) {
            this.applies = applies;
            this.left = count;
            this.fault = fault;
        }
    }

    /** Lets the fault befall the next {@code count} requests, whatever they are. */
    public void next(int count, Fault fault) {
        next(count, request -> true, fault);
    }

    /** Lets the fault befall the next {@code count} requests that the condition picks. */
    public synchronized void next(int count, Predicate<Request> applies, Fault fault) {
        armed.add(new Armed(applies, count, fault));
    }

    /** The next exec delivers only so many bytes of stdout and yet reports success, as real clusters sometimes do. */
    public synchronized void truncateNextExec(long bytes) {
        execTruncation = OptionalLong.of(bytes);
    }

    /** Ends every nastiness that is still to come. */
    public synchronized void clear() {
        armed.clear();
        execTruncation = OptionalLong.empty();
    }

    synchronized Optional<Fault> take(Request request) {
        for (Armed candidate : armed) {
            if (candidate.left > 0 && candidate.applies.test(request)) {
                candidate.left--;
                return Optional.of(candidate.fault);
            }
        }
        armed.removeIf(candidate -> candidate.left <= 0);
        return Optional.empty();
    }

    synchronized OptionalLong takeExecTruncation() {
        OptionalLong taken = execTruncation;
        execTruncation = OptionalLong.empty();
        return taken;
    }
}
