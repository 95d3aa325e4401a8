package dev.hubferry.k8s.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.cluster.Access;
import dev.hubferry.k8s.domain.cluster.Claim;
import dev.hubferry.k8s.domain.cluster.Door;
import dev.hubferry.k8s.domain.cluster.HomesProbe;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.HubUser;
import dev.hubferry.k8s.domain.cluster.IngressPlace;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.Volume;
import dev.hubferry.k8s.domain.cluster.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A cluster of maps, each of whose calls can be made to fail before or after its effect. */
public final class MemoryCluster extends MemoryState implements HubCluster {
    private final Map<String, Door> kept = new LinkedHashMap<>();
    private int calls;
    private int failAt = -1;
    private boolean failAfterEffect;

    public final List<Claim> claims = new ArrayList<>();
    public final List<Volume> volumes = new ArrayList<>();
    public final Set<String> denied = new HashSet<>();
    public final Set<String> behindIngress = new HashSet<>();
    public final List<String> writes = new ArrayList<>();
    public Optional<HubSettings> settings = Optional.empty();
    public Optional<String> version = Optional.of("5.2.1");
    public Optional<List<HubUser>> users = Optional.empty();
    public String probeLog = "hubferry: 2 directories\n";

    public MemoryCluster(String name) {
        super(name);
    }

    /** Lets the n-th call from now on (from 1) fail, before or after its effect. */
    public void failAt(int n, boolean afterEffect) {
        calls = 0;
        failAt = n;
        failAfterEffect = afterEffect;
    }

    public void failNever() {
        failAt = -1;
    }

    public boolean hasFailed() {
        return failAt > 0 && calls >= failAt;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public IngressPlace ingressPlace() {
        return new IngressPlace(
                "support",
                List.of("support-ingress-nginx-controller", "cluster-entrypoint"),
                Map.of("app.kubernetes.io/name", "ingress-nginx", "app.kubernetes.io/component", "controller"),
                "https",
                443,
                Optional.empty());
    }

    @Override
    public boolean allows(Access access) {
        read();
        return !denied.contains(access.verb() + " " + access.resource());
    }

    @Override
    public List<Workload> deployments(String namespace) {
        read();
        return deployments.values().stream()
                .filter(deployment -> deployment.namespace().equals(namespace))
                .map(this::counted)
                .toList();
    }

    @Override
    public Optional<Workload> deployment(String namespace, String deployment) {
        read();
        return Optional.ofNullable(deployments.get(key(namespace, deployment))).map(this::counted);
    }

    @Override
    public List<Door> services(String namespace) {
        read();
        return services.values().stream()
                .filter(door -> door.namespace().equals(namespace))
                .toList();
    }

    @Override
    public Optional<Door> service(String namespace, String service) {
        read();
        return Optional.ofNullable(services.get(key(namespace, service)));
    }

    @Override
    public Optional<String> serviceManifest(String namespace, String service) {
        return service(namespace, service).map(door -> {
            String manifest = "{\"kept\":\"" + door.uid() + "\"}";
            kept.put(manifest, door);
            return manifest;
        });
    }

    @Override
    public List<Pod> pods(String namespace) {
        read();
        return pods.values().stream()
                .filter(pod -> pod.namespace().equals(namespace))
                .toList();
    }

    @Override
    public Optional<Pod> pod(String namespace, String pod) {
        read();
        return Optional.ofNullable(pods.get(key(namespace, pod)));
    }

    @Override
    public List<Pod> podsOfAllNamespaces() {
        read();
        return List.copyOf(pods.values());
    }

    @Override
    public List<Claim> claims(String namespace) {
        read();
        return claims.stream()
                .filter(claim -> claim.namespace().equals(namespace))
                .toList();
    }

    @Override
    public List<Volume> volumes() {
        read();
        return List.copyOf(volumes);
    }

    @Override
    public Optional<HubSettings> settings(Workload hub) {
        read();
        return settings;
    }

    @Override
    public boolean isBehindIngress(String namespace, String service) {
        read();
        return behindIngress.contains(service);
    }

    @Override
    public void hold(String namespace, String service, String migration, Lease lease) {
        select(namespace, service, lease, "hold", selector -> selector.put(Door.HELD, migration));
    }

    @Override
    public void unhold(String namespace, String service, Lease lease) {
        select(namespace, service, lease, "unhold", selector -> selector.remove(Door.HELD));
    }

    private void select(
            String namespace, String service, Lease lease, String what, Consumer<Map<String, String>> change) {
        write(
                lease,
                what + " " + service,
                () -> services.computeIfPresent(key(namespace, service), (key, door) -> {
                    Map<String, String> selector = new LinkedHashMap<>(door.selector());
                    change.accept(selector);
                    return new Door(
                            namespace, service, door.uid(), door.type(), door.labels(), selector, door.addresses());
                }));
    }

    @Override
    public void scale(String namespace, String deployment, int replicas, Lease lease) {
        write(lease, "scale " + deployment + " " + replicas, () -> {
            Workload found = Objects.requireNonNull(deployments.get(key(namespace, deployment)));
            put(new Workload(
                    namespace,
                    deployment,
                    found.labels(),
                    found.image(),
                    found.podLabels(),
                    replicas,
                    0,
                    found.secrets(),
                    found.configMaps()));
        });
    }

    @Override
    public void deleteService(Door service, Lease lease) {
        write(
                lease,
                "delete service " + service.name(),
                () -> services.values().stream()
                        .filter(door -> door.uid().equals(service.uid()))
                        .toList()
                        .forEach(this::remove));
    }

    @Override
    public Optional<Restored> restoreService(String namespace, String manifest, Lease lease) {
        Door door = Objects.requireNonNull(kept.get(manifest));
        Door standing = services.get(key(namespace, door.name()));
        if (standing != null) {
            read();
            if (isGoing(standing)) {
                return Optional.empty();
            }
            return Optional.of(
                    standing.selector().equals(door.selector()) ? Restored.STOOD_AS_BEFORE : Restored.STOOD_DIFFERENT);
        }
        write(lease, "create service " + door.name(), () -> put(door));
        return Optional.of(Restored.AS_BEFORE);
    }

    @Override
    public void deletePod(Pod pod, Lease lease) {
        write(
                lease,
                "delete pod " + pod.name(),
                () -> pods.values().stream()
                        .filter(other -> other.uid().equals(pod.uid()) && !other.terminating())
                        .toList()
                        .forEach(this::terminate));
    }

    @Override
    public Optional<Pod> startProbe(HomesProbe probe, Lease lease) {
        Pod fresh = new Pod(
                probe.namespace(),
                probe.name(),
                uid(),
                probe.labels(),
                Map.of(),
                "Pending",
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of());
        Pod standing = pods.get(key(probe.namespace(), probe.name()));
        write(lease, "create pod " + probe.name(), () -> pods.putIfAbsent(key(probe.namespace(), probe.name()), fresh));
        return standing == null ? Optional.of(fresh) : Optional.empty();
    }

    @Override
    public Optional<String> version(Pod hub, String baseUrl) {
        read();
        return version;
    }

    @Override
    public Optional<List<HubUser>> users(Workload hub, Pod pod, String baseUrl) {
        read();
        return users;
    }

    @Override
    public String log(Pod pod) {
        read();
        return probeLog;
    }

    private void read() {
        calls++;
        if (calls == failAt) {
            throw broken();
        }
    }

    private void write(Lease lease, String what, Runnable effect) {
        lease.ensureHeld();
        calls++;
        if (calls == failAt && !failAfterEffect) {
            throw broken();
        }
        effect.run();
        writes.add(what);
        if (calls == failAt) {
            throw broken();
        }
    }

    private Refusal broken() {
        return Refusal.of(ErrorCode.CLUSTER_UNREACHABLE, "the connection broke");
    }
}
