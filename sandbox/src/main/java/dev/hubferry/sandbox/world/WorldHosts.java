package dev.hubferry.sandbox.world;

import dev.hubferry.testbed.SshKeyPair;
import dev.hubferry.testbed.SshServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The two storage servers and the operator's key to them. */
public final class WorldHosts implements AutoCloseable {
    /** The storage connection of the old homes. */
    public static final String OLD = "nfs-old";

    /** The storage connection of the new homes. */
    public static final String NEW = "nfs-new";

    /** The address of the old storage server. */
    public static final String OLD_ADDRESS = "127.0.0.2";

    /** The address of the new storage server. */
    public static final String NEW_ADDRESS = "127.0.0.3";

    private final SshServer oldHost;
    private final SshServer newHost;
    private final SshKeyPair key;
    private final Path knownHosts;

    private WorldHosts(SshServer oldHost, SshServer newHost, SshKeyPair key, Path knownHosts) {
        this.oldHost = oldHost;
        this.newHost = newHost;
        this.key = key;
        this.knownHosts = knownHosts;
    }

    static WorldHosts start(WorldLayout layout) {
        SshKeyPair key = SshKeyPair.generate(layout.secrets().resolve("storage-key"), "hubferry");
        SshServer oldHost = SshServer.start(SshServer.Options.in(layout.host(OLD), OLD_ADDRESS));
        SshServer newHost = SshServer.start(SshServer.Options.in(layout.host(NEW), NEW_ADDRESS));
        Path knownHosts = layout.services().resolve("known_hosts");
        for (SshServer host : List.of(oldHost, newHost)) {
            host.authorize(key);
        }
        try {
            Files.writeString(knownHosts, oldHost.knownHostsLine() + "\n" + newHost.knownHostsLine() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + knownHosts, e);
        }
        return new WorldHosts(oldHost, newHost, key, knownHosts);
    }

    public SshServer oldHost() {
        return oldHost;
    }

    public SshServer newHost() {
        return newHost;
    }

    Path privateKey() {
        return key.privateKey();
    }

    Path knownHosts() {
        return knownHosts;
    }

    @Override
    public void close() {
        oldHost.close();
        newHost.close();
    }
}
