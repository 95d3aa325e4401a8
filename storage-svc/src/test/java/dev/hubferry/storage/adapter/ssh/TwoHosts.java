package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.storage.adapter.file.TempSpools;
import dev.hubferry.storage.domain.FakeRun;
import dev.hubferry.storage.domain.HashHomes;
import dev.hubferry.storage.domain.Route;
import dev.hubferry.storage.domain.VerifyHomes;
import dev.hubferry.testbed.SshKeyPair;
import dev.hubferry.testbed.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Two storage servers behind real sshd's, with an account for the service on both. */
final class TwoHosts implements AutoCloseable {
    static final LongJobLimit LONG_JOBS = new LongJobLimit(6, Duration.ofMinutes(5));
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Path directory;
    final SshServer source;
    final SshServer target;
    final Path sourceHomes;
    final Path targetHomes;
    final SshHosts hosts;
    final CopySettings settings;
    final Route route;
    final FakeRun run;
    final TempSpools spools;
    private final SshKeyPair key;

    TwoHosts(Path directory) throws IOException {
        this(directory, options -> options);
    }

    /** @param servers how both are set up */
    TwoHosts(Path directory, UnaryOperator<SshServer.Options> servers) throws IOException {
        this.directory = directory;
        this.source = SshServer.start(servers.apply(SshServer.Options.in(directory.resolve("source"), "127.0.0.2")));
        this.target = SshServer.start(servers.apply(SshServer.Options.in(directory.resolve("target"), "127.0.0.3")));
        this.key = SshKeyPair.generate(directory.resolve("service-key"), "service");
        source.authorize(key);
        target.authorize(key);
        this.sourceHomes =
                Files.createDirectories(directory.resolve("export old")).resolve("hub's homes");
        this.targetHomes =
                Files.createDirectories(directory.resolve("export new")).resolve("hub's homes");
        this.spools = new TempSpools(Files.createDirectories(directory.resolve("spools")));
        this.settings = new CopySettings(
                3,
                OptionalLong.empty(),
                new DeletionLimit(0.25, 200),
                Duration.ofMillis(100),
                Duration.ofSeconds(40),
                2,
                Duration.ofMinutes(10));
        this.hosts = new SshHosts(Map.of("old", server("old", source), "new", server("new", target)), LONG_JOBS);
        MigrationId migration = new MigrationId("test-" + NUMBER.incrementAndGet());
        this.route = new Route(
                migration, new HomesRef("old", sourceHomes.toString()), new HomesRef("new", targetHomes.toString()));
        this.run = FakeRun.of(migration, "open-route/do/1");
    }

    StorageServer server(String name, SshServer server) throws IOException {
        Path known = directory.resolve("known_hosts_" + name);
        if (!Files.exists(known)) {
            Files.writeString(known, server.knownHostsLine() + "\n");
        }
        return new StorageServer(
                name,
                server.address(),
                server.port(),
                server.user(),
                key.privateKey(),
                known,
                StorageServer.Sudo.NONE,
                server.address(),
                server.port(),
                server.address(),
                ".ssh/authorized_keys");
    }

    /** The same homes, with another migration. */
    Migration anotherMigration() {
        MigrationId migration = new MigrationId("test-" + NUMBER.incrementAndGet());
        return new Migration(
                new Route(migration, route.source(), route.target()), FakeRun.of(migration, "open-route/do/1"));
    }

    /** The same route, for a move that is not simply a copy. */
    Route with(HomesOptions options) {
        return new Route(route.migration(), route.source(), route.target(), options);
    }

    /** A route and the run that opens it. */
    record Migration(Route route, FakeRun run) {}

    SshRouteKeeper keeper() {
        return new SshRouteKeeper(hosts);
    }

    RsyncHomeCopier copier() {
        return new RsyncHomeCopier(hosts, settings, Clock.systemUTC());
    }

    VerifyHomes verification() {
        return new VerifyHomes(new SshTreeReader(hosts, settings, spools), spools);
    }

    HashHomes hashing() {
        return hashing(HashHomes.Pace.NORMAL);
    }

    HashHomes hashing(HashHomes.Pace pace) {
        return new HashHomes(new SshTreeReader(hosts, settings, spools), spools, pace, Clock.systemUTC());
    }

    SshSourceWatch watch() {
        return new SshSourceWatch(hosts);
    }

    SshHomesInspector inspector() {
        return new SshHomesInspector(hosts);
    }

    /** Whether the source has rsync; without it tar carries everything. */
    void hideRsync(boolean there) throws IOException {
        if (!there) {
            CopyFaultsTest.tool(source.home(), "rsync", "echo 'rsync: not found' >&2; exit 127");
        }
    }

    /** Like a service that was started anew. */
    SshHosts freshConnections() throws IOException {
        return new SshHosts(Map.of("old", server("old", source), "new", server("new", target)), LONG_JOBS);
    }

    @Override
    public void close() {
        hosts.close();
        source.close();
        target.close();
    }
}
