package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.domain.ServerChecks;
import java.util.Map;
import java.util.Set;

/**
 * Logs in and hangs up; but a connection that is open already is proof enough, and lost ones are noticed within seconds. So a server that
 * is at work has no login more to admit than without this: its sshd may refuse some of those that come at once (MaxStartups).
 */
public final class SshServerChecks implements ServerChecks {
    private final SshHosts hosts;

    public SshServerChecks(SshHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public Set<String> names() {
        return hosts.names();
    }

    @Override
    public Map<String, String> check(String name) throws InterruptedException {
        StorageServer server = hosts.server(name);
        if (!hosts.isConnected(name)) {
            SshjConnection.open(server).close();
        }
        return Map.of("address", server.host() + ":" + server.port(), "account", server.user());
    }
}
