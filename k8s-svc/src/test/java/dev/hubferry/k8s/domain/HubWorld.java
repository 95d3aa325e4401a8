package dev.hubferry.k8s.domain;

import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.k8s.domain.cluster.Claim;
import dev.hubferry.k8s.domain.cluster.Clusters;
import dev.hubferry.k8s.domain.cluster.Door;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.HubSettings.Storage;
import dev.hubferry.k8s.domain.cluster.HubUser;
import dev.hubferry.k8s.domain.cluster.NfsExport;
import dev.hubferry.k8s.domain.cluster.StorageServers;
import dev.hubferry.k8s.domain.cluster.Volume;
import dev.hubferry.k8s.domain.cluster.Workload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Two clusters with a hub each: the old one with users at work, the new one with none. */
public final class HubWorld {
    public static final HubRef SOURCE = new HubRef("old", "astro", Optional.empty());
    public static final HubRef TARGET = new HubRef("new", "astro", Optional.empty());
    public static final HomesRef SOURCE_HOMES = new HomesRef("nfs-old", "/export/homes/astro");
    public static final HomesRef TARGET_HOMES = new HomesRef("nfs-new", "/export/homes/astro");
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
    public static final Limits LIMITS = new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));

    public final MemoryCluster old = new MemoryCluster("old");
    public final MemoryCluster fresh = new MemoryCluster("new");
    private final AtomicLong time = new AtomicLong();

    /** Happens in every pause. */
    public Runnable meanwhile = () -> {};

    public HubWorld() {
        furnish(old, "10.0.0.1", "3.3.7", "198.51.100.1");
        furnish(fresh, "10.0.0.2", "3.3.7", "198.51.100.2");
        old.put(Pods.server(old, "ann", "ann"));
        old.put(Pods.server(old, "john.doe@x.edu", "john-2edoe-40x-2eedu"));
        old.put(Pods.other(old, "astro", "jupyter-docs"));
    }

    private static void furnish(MemoryCluster cluster, String nfs, String chart, String ingress) {
        cluster.put(hub("hub", "astro", chart));
        cluster.put(publicService("proxy-public", "astro", "ClusterIP"));
        cluster.put(new Door(
                "support",
                "support-ingress-nginx-controller",
                "",
                "LoadBalancer",
                Map.of(),
                Map.of("app", "nginx"),
                List.of(new IngressAddress(IngressAddress.Kind.IPV4, ingress))));
        cluster.claims.add(new Claim("astro", "home-nfs", Map.of(), Optional.of("astro-home-nfs")));
        cluster.volumes.add(new Volume(
                "astro-home-nfs",
                Optional.of(new NfsExport(nfs, "/export/homes/astro")),
                "nfs",
                Optional.of("astro"),
                Optional.of("home-nfs")));
        cluster.settings = Optional.of(settings("{username}", chart));
        cluster.tick();
        cluster.tick();
    }

    public static HubSettings settings(String subPath, String chart) {
        return new HubSettings(
                Storage.STATIC,
                Optional.of("home-nfs"),
                Optional.of(subPath),
                Optional.empty(),
                Optional.of(chart),
                "/",
                HubSettings.DEFAULT_HOME);
    }

    public static Workload hub(String name, String release, String chart) {
        return new Workload(
                "astro",
                name,
                Map.of("app", "jupyterhub", "component", "hub", "release", release, "chart", "jupyterhub-" + chart),
                "quay.io/jupyterhub/k8s-hub:" + chart,
                Map.of("app", "jupyterhub", "component", "hub", "release", release),
                1,
                0,
                List.of("hub"),
                List.of());
    }

    public static Door publicService(String name, String release, String type) {
        return new Door(
                "astro",
                name,
                "",
                type,
                Map.of("app", "jupyterhub", "component", "proxy-public", "release", release),
                Map.of("component", "proxy", "release", release),
                List.of());
    }

    /** What a hub answers that lists its users, none of whom was ever active. */
    public static Optional<List<HubUser>> users(String... names) {
        return Optional.of(Stream.of(names)
                .map(name -> new HubUser(name, Optional.empty()))
                .toList());
    }

    public Clusters clusters() {
        return name -> switch (name) {
            case "old" -> old;
            case "new" -> fresh;
            default -> throw new AssertionError("no cluster " + name);
        };
    }

    public StorageServers storages() {
        return connection -> switch (connection) {
            case "nfs-old" -> List.of("10.0.0.1", "nfs.old.example");
            case "nfs-new" -> List.of("10.0.0.2");
            default -> List.of();
        };
    }

    /** Lets time pass in both clusters. */
    public Patience patience() {
        return new Patience(
                duration -> {
                    time.addAndGet(duration.toNanos());
                    old.tick();
                    fresh.tick();
                    meanwhile.run();
                },
                time::get,
                Duration.ofSeconds(1));
    }

    public void settle() {
        for (int i = 0; i < 5; i++) {
            old.tick();
            fresh.tick();
        }
    }

    public String describe() {
        return "old:\n" + old.describe() + "\nnew:\n" + fresh.describe();
    }
}
