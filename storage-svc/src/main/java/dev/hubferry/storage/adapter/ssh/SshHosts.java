package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.trace.Traces;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The configured storage servers: each with one connection for the short commands of all, and more for long jobs. */
public final class SshHosts implements AutoCloseable {
    private final Map<String, StorageServer> servers;
    private final Map<String, SshjShell> shells = new ConcurrentHashMap<>();
    private final LongJobs longJobs;
    private final Traces traces;

    public SshHosts(Map<String, StorageServer> servers, LongJobLimit limit) {
        this(servers, limit, Traces.NONE);
    }

    /** @param traces where commands on hosts are told */
    public SshHosts(Map<String, StorageServer> servers, LongJobLimit limit, Traces traces) {
        this.servers = Map.copyOf(servers);
        this.longJobs = new LongJobs(limit, traces);
        this.traces = traces;
    }

    /** Those that are configured. */
    Set<String> names() {
        return servers.keySet();
    }

    /** Whether the connection that all share is open now; waits for one that is being made. */
    boolean isConnected(String name) {
        SshjShell shell = shells.get(name);
        return shell != null && shell.isConnected();
    }

    /** @throws Refusal CONNECTION_UNKNOWN naming those that are configured */
    StorageServer server(String name) {
        StorageServer server = servers.get(name);
        if (server == null) {
            throw Refusal.of(
                    ErrorCode.CONNECTION_UNKNOWN,
                    "storage connection '%s' is not configured; configured are %s"
                            .formatted(name, new TreeMap<>(servers).keySet()));
        }
        return server;
    }

    /** The connection that all share; for commands that are short. */
    RemoteShell shell(String name) {
        StorageServer server = server(name);
        return new TracedShell(shells.computeIfAbsent(name, key -> new SshjShell(server)), name, traces);
    }

    /**
     * Waits for the turn of a long job on these servers, before it holds anything else.
     *
     * @throws Refusal SSH_UNREACHABLE when a turn does not come in time
     */
    LongJob longJob(String... names) throws InterruptedException {
        return longJobs.begin(Stream.of(names).map(this::server).toList());
    }

    @Override
    public void close() {
        shells.values().forEach(SshjShell::close);
        shells.clear();
        longJobs.close();
    }
}
