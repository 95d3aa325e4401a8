package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.domain.Refusal;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The configured storage servers, each with its connection. */
public final class SshHosts implements AutoCloseable {
    private final Map<String, StorageServer> servers;
    private final Map<String, SshjShell> shells = new ConcurrentHashMap<>();

    public SshHosts(Map<String, StorageServer> servers) {
        this.servers = Map.copyOf(servers);
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

    RemoteShell shell(String name) {
        StorageServer server = server(name);
        return shells.computeIfAbsent(name, key -> new SshjShell(server));
    }

    @Override
    public void close() {
        shells.values().forEach(SshjShell::close);
        shells.clear();
    }
}
