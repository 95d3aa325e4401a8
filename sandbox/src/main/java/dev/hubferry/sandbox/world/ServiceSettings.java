package dev.hubferry.sandbox.world;

import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.SshServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What each service has to be told about this world, whatever else it is given. */
final class ServiceSettings {
    private final SandboxWorld world;
    private final Map<String, String> ofOrchestrator;
    private final Map<String, String> ofAll;

    ServiceSettings(SandboxWorld world, Map<String, String> ofOrchestrator, Map<String, String> ofAll) {
        this.world = world;
        this.ofOrchestrator = ofOrchestrator;
        this.ofAll = ofAll;
    }

    Map<String, String> of(Service service, int replica) {
        Map<String, String> settings = common();
        world.security().ifPresent(security -> {
            settings.remove("quarkus.datasource.password");
            settings.putAll(security.settings(service, world.postgres()));
        });
        settings.putAll(
                switch (service) {
                    case ORCHESTRATOR -> orchestrator();
                    case STORAGE -> storage();
                    case K8S -> clusters();
                    case DATABASE -> database(replica);
                    case DNS -> dns();
                });
        settings.putAll(ofAll);
        return settings;
    }

    private Map<String, String> common() {
        return new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                world.kafka().bootstrapServers(),
                "quarkus.datasource.jdbc.url",
                world.postgres().jdbcUrl(SandboxWorld.DATABASE),
                "quarkus.datasource.username",
                PostgresServer.USER,
                "quarkus.datasource.password",
                PostgresServer.USER,
                // Nobody else is to reach this world, and who reads its logs is a person.
                "quarkus.http.host",
                "127.0.0.1",
                "quarkus.log.console.json.enabled",
                "false",
                // Who plays with the world need not wait for a minute to see what became of it.
                "hubferry.connection-watch.every",
                "PT5S",
                "hubferry.connection-watch.report-every",
                "PT2S"));
    }

    private Map<String, String> orchestrator() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "hubferry.auth.token-file",
                world.tokens().file().toString(),
                "hubferry.connections.clusters",
                SandboxWorld.OLD + "," + SandboxWorld.NEW,
                "hubferry.connections.storages",
                WorldHosts.OLD + "," + WorldHosts.NEW,
                "hubferry.connections.zones",
                WorldZone.CONNECTION));
        String requester = "hubferry.requests.requesters." + world.requester().name() + ".";
        settings.put(
                requester + "public-key-file", world.requester().publicKey().toString());
        settings.put(requester + "roles", WorldRequester.ROLES);
        settings.putAll(ofOrchestrator);
        return settings;
    }

    private Map<String, String> storage() {
        Map<String, String> settings = new HashMap<>();
        settings.putAll(connection(WorldHosts.OLD, world.hosts().oldHost()));
        settings.putAll(connection(WorldHosts.NEW, world.hosts().newHost()));
        return settings;
    }

    private Map<String, String> connection(String name, SshServer host) {
        String prefix = "hubferry.storage.connections." + name + ".";
        return Map.of(
                prefix + "host", host.address(),
                prefix + "port", Integer.toString(host.port()),
                prefix + "user", host.user(),
                prefix + "private-key-file", world.hosts().privateKey().toString(),
                prefix + "known-hosts-file", world.hosts().knownHosts().toString(),
                prefix + "authorized-keys-file", host.authorizedKeys().toString());
    }

    private Map<String, String> clusters() {
        Map<String, String> settings = new HashMap<>();
        for (String name : List.of(SandboxWorld.OLD, SandboxWorld.NEW)) {
            String prefix = "hubferry.k8s.clusters." + name + ".";
            settings.put(
                    prefix + "kubeconfig", world.cluster(name).kubeconfigFile().toString());
            settings.put(prefix + "ingress.scheme", "http");
            settings.put(prefix + "ingress.port", Integer.toString(world.doorPort()));
        }
        settings.put("hubferry.k8s.storages." + WorldHosts.OLD + ".nfs-servers", WorldHosts.OLD_ADDRESS);
        settings.put("hubferry.k8s.storages." + WorldHosts.NEW + ".nfs-servers", WorldHosts.NEW_ADDRESS);
        settings.put("hubferry.k8s.waits.poll-interval", "200ms");
        return settings;
    }

    private Map<String, String> database(int replica) {
        Map<String, String> settings = new HashMap<>();
        for (String name : List.of(SandboxWorld.OLD, SandboxWorld.NEW)) {
            settings.put(
                    "hubferry.db.clusters." + name + ".kubeconfig",
                    world.cluster(name).kubeconfigFile().toString());
        }
        settings.put(
                "hubferry.db.work-directory",
                world.layout().services().resolve("db-work-" + replica).toString());
        return settings;
    }

    private Map<String, String> dns() {
        String prefix = "hubferry.dns.zones." + WorldZone.CONNECTION + ".";
        String nameServers = world.zone().nameServers().stream()
                .map(server -> server.getAddress().getHostAddress() + ":" + server.getPort())
                .collect(Collectors.joining(","));
        return Map.of(
                prefix + "domain",
                WorldZone.DOMAIN,
                prefix + "name-servers",
                nameServers,
                prefix + "shortest-ttl",
                "PT1S",
                prefix + "namecheap.url",
                world.zone().namecheap().apiUrl().toString(),
                prefix + "namecheap.api-user",
                WorldZone.API_USER,
                prefix + "namecheap.key-file",
                world.zone().keyFile().toString(),
                prefix + "namecheap.client-ip",
                "127.0.0.1",
                // One account moves hub after hub here, and nobody waits for a minute that a limit or a killed writer
                // costs.
                prefix + "namecheap.calls-per-minute",
                "700",
                prefix + "namecheap.timeout",
                "PT5S",
                prefix + "namecheap.write-settles",
                "PT10S");
    }
}
