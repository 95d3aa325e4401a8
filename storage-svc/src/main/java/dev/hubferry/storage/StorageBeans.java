package dev.hubferry.storage;

import dev.hubferry.storage.adapter.file.TempSpools;
import dev.hubferry.storage.adapter.metrics.MeteredHomeCopier;
import dev.hubferry.storage.adapter.metrics.MeteredHomeCopier.Speeds;
import dev.hubferry.storage.adapter.ssh.CopySettings;
import dev.hubferry.storage.adapter.ssh.DeletionLimit;
import dev.hubferry.storage.adapter.ssh.LongJobLimit;
import dev.hubferry.storage.adapter.ssh.RsyncHomeCopier;
import dev.hubferry.storage.adapter.ssh.SshHomesInspector;
import dev.hubferry.storage.adapter.ssh.SshHosts;
import dev.hubferry.storage.adapter.ssh.SshRouteKeeper;
import dev.hubferry.storage.adapter.ssh.SshServerChecks;
import dev.hubferry.storage.adapter.ssh.SshSourceWatch;
import dev.hubferry.storage.adapter.ssh.SshTreeReader;
import dev.hubferry.storage.adapter.ssh.StorageServer;
import dev.hubferry.storage.adapter.tracing.TracedHomeCopier;
import dev.hubferry.storage.config.ConnectionConfig;
import dev.hubferry.storage.config.StorageConfig;
import dev.hubferry.storage.domain.CheckHomes;
import dev.hubferry.storage.domain.ConfirmQuiet;
import dev.hubferry.storage.domain.HashHomes;
import dev.hubferry.storage.domain.HomeCopier;
import dev.hubferry.storage.domain.RouteKeeper;
import dev.hubferry.storage.domain.SeedHomes;
import dev.hubferry.storage.domain.SeedPlan;
import dev.hubferry.storage.domain.ServerChecks;
import dev.hubferry.storage.domain.Spool.Spools;
import dev.hubferry.storage.domain.SyncFinal;
import dev.hubferry.storage.domain.VerifyHomes;
import dev.hubferry.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Puts the use cases together with the configured servers. */
@Dependent
class StorageBeans {
    @Produces
    @Singleton
    SshHosts hosts(StorageConfig config, Traces traces) {
        Map<String, StorageServer> servers = new HashMap<>();
        config.connections().forEach((name, connection) -> servers.put(name, server(name, connection)));
        return new SshHosts(servers, new LongJobLimit(config.longJobs(), config.longJobWait()), traces);
    }

    void close(@Disposes SshHosts hosts) {
        hosts.close();
    }

    @Produces
    @Singleton
    CopySettings settings(StorageConfig config) {
        return new CopySettings(
                config.workers(),
                config.bandwidthLimit(),
                new DeletionLimit(config.deletionShare(), config.deletionsAlways()),
                config.pollInterval(),
                config.patience(),
                config.hashWorkers(),
                config.verifyDeadline());
    }

    @Produces
    @Singleton
    CheckHomes checkHomes(SshHosts hosts) {
        return new CheckHomes(new SshHomesInspector(hosts));
    }

    @Produces
    @Singleton
    ServerChecks serverChecks(SshHosts hosts) {
        return new SshServerChecks(hosts);
    }

    @Produces
    @Singleton
    RouteKeeper routeKeeper(SshHosts hosts) {
        return new SshRouteKeeper(hosts);
    }

    @Produces
    @Singleton
    HomeCopier copier(SshHosts hosts, CopySettings settings, Clock clock, MeterRegistry registry, Traces traces) {
        HomeCopier copier = new TracedHomeCopier(new RsyncHomeCopier(hosts, settings, clock), traces);
        return new MeteredHomeCopier(copier, new Speeds(registry), registry);
    }

    @Produces
    @Singleton
    SeedHomes seedHomes(HomeCopier copier, StorageConfig config, HashHomes hashing) {
        return new SeedHomes(
                copier,
                new SeedPlan(config.seedPassesMin(), config.seedPassesMax(), config.shortPass()),
                hashing::hash);
    }

    @Produces
    @Singleton
    SyncFinal syncFinal(SshHosts hosts, HomeCopier copier) {
        return new SyncFinal(copier, new SshSourceWatch(hosts));
    }

    @Produces
    @Singleton
    Spools spools() {
        return TempSpools.inTemporaryDirectory();
    }

    @Produces
    @Singleton
    HashHomes hashHomes(SshHosts hosts, CopySettings settings, Spools spools, Clock clock) {
        return new HashHomes(new SshTreeReader(hosts, settings, spools), spools, HashHomes.Pace.NORMAL, clock);
    }

    @Produces
    @Singleton
    VerifyHomes verifyHomes(SshHosts hosts, CopySettings settings, Spools spools) {
        return new VerifyHomes(new SshTreeReader(hosts, settings, spools), spools);
    }

    @Produces
    @Singleton
    ConfirmQuiet confirmQuiet(SshHosts hosts) {
        return new ConfirmQuiet(new SshSourceWatch(hosts));
    }

    private static StorageServer server(String name, ConnectionConfig connection) {
        String peer = connection.peerAddress().orElse(connection.host());
        return new StorageServer(
                name,
                connection.host(),
                connection.port(),
                connection.user(),
                connection.privateKeyFile(),
                connection.knownHostsFile(),
                switch (connection.sudo()) {
                    case NONE -> StorageServer.Sudo.NONE;
                    case SUDO -> StorageServer.Sudo.SUDO;
                },
                peer,
                connection.peerPort().orElse(connection.port()),
                connection.bindAddress().orElse(peer),
                connection.authorizedKeysFile());
    }
}
