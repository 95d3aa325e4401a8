package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.trace.Traces;
import java.util.List;
import java.util.Map;

/** The turn of work that reads whole trees, on the servers that it reads, with a connection to each that nobody shares; to be closed at its end. */
final class LongJob implements AutoCloseable {
    private final Map<String, SshjShell> shells;
    private final List<Runnable> turns;
    private final Traces traces;

    /** @param turns each is run once to give a turn, and its connection, back */
    LongJob(Map<String, SshjShell> shells, List<Runnable> turns, Traces traces) {
        this.shells = Map.copyOf(shells);
        this.turns = List.copyOf(turns);
        this.traces = traces;
    }

    RemoteShell shell(String name) {
        SshjShell shell = shells.get(name);
        if (shell == null) {
            throw new IllegalArgumentException("the job has no turn on " + name + ", only on " + shells.keySet());
        }
        return new TracedShell(shell, name, traces);
    }

    @Override
    public void close() {
        turns.forEach(Runnable::run);
    }
}
