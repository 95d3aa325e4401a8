package dev.hubferry.fakes.namecheap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Faults to come, and what happens in the world just before a call; each is used up once. */
public final class Faults {

    private final Map<ApiCommand, Deque<Optional<Fault>>> faults = new EnumMap<>(ApiCommand.class);
    private final Map<ApiCommand, Deque<Runnable>> interludes = new EnumMap<>(ApiCommand.class);

    Faults() {}

    /** The next call of this command that has no fault yet fails so. */
    public synchronized Faults next(ApiCommand command, Fault fault) {
        queue(faults, command).add(Optional.of(fault));
        return this;
    }

    /** The next call of this command that has no fault yet goes well: the ones queued later wait for it. */
    public synchronized Faults nextGoesWell(ApiCommand command) {
        queue(faults, command).add(Optional.empty());
        return this;
    }

    /** Runs {@code interlude} just before the next call of this command that has none yet: for instance, somebody else's edit. */
    public synchronized Faults beforeNext(ApiCommand command, Runnable interlude) {
        queue(interludes, command).add(interlude);
        return this;
    }

    /** Forgets everything that has not happened yet. */
    public synchronized void clear() {
        faults.clear();
        interludes.clear();
    }

    synchronized Optional<Fault> takeFault(ApiCommand command) {
        Optional<Fault> taken = queue(faults, command).poll();
        return taken == null ? Optional.empty() : taken;
    }

    synchronized Runnable takeInterlude(ApiCommand command) {
        Runnable taken = queue(interludes, command).poll();
        return taken == null ? () -> {} : taken;
    }

    private static <T> Deque<T> queue(Map<ApiCommand, Deque<T>> queues, ApiCommand command) {
        return queues.computeIfAbsent(command, _ -> new ArrayDeque<>());
    }
}
