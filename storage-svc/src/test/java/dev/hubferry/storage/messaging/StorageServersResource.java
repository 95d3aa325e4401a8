package dev.hubferry.storage.messaging;

import dev.hubferry.testbed.SshKeyPair;
import dev.hubferry.testbed.SshServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Two storage servers as the storage connections {@code old} and {@code new}; homes go below the system property {@link #DIRECTORY}. */
public final class StorageServersResource implements QuarkusTestResourceLifecycleManager {
    /** Names the directory that both servers keep everything in. */
    static final String DIRECTORY = "hubferry.test.storage-directory";

    private final Map<String, String> config = new HashMap<>();
    private final Map<String, SshServer> servers = new HashMap<>();

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("storage-service");
            SshKeyPair key = SshKeyPair.generate(directory.resolve("service-key"), "service");
            server(directory, "old", "127.0.0.2", key);
            server(directory, "new", "127.0.0.3", key);
            config.put(DIRECTORY, directory.toString());
            config.put("hubferry.storage.poll-interval", "PT0.1S");
            config.put("hubferry.storage.short-pass", "PT10M");
            // A pause of this machine is no reason to take a transaction back.
            config.put("hubferry.messaging.lease", "PT2M");
            config.put("quarkus.datasource.jdbc.new-connection-sql", "set idle_in_transaction_session_timeout = '60s'");
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        servers.values().forEach(SshServer::close);
    }

    private void server(Path directory, String name, String address, SshKeyPair key) throws IOException {
        SshServer server = SshServer.start(SshServer.Options.in(directory.resolve(name), address));
        server.authorize(key);
        servers.put(name, server);
        Path known = Files.writeString(directory.resolve("known_hosts_" + name), server.knownHostsLine() + "\n");
        String prefix = "hubferry.storage.connections." + name + ".";
        config.put(prefix + "host", address);
        config.put(prefix + "port", String.valueOf(server.port()));
        config.put(prefix + "user", server.user());
        config.put(prefix + "private-key-file", key.privateKey().toString());
        config.put(prefix + "known-hosts-file", known.toString());
    }
}
