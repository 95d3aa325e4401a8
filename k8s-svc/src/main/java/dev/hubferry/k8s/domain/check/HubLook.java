package dev.hubferry.k8s.domain.check;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.k8s.domain.cluster.Hub;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.HubUser;
import dev.hubferry.k8s.domain.cluster.Hubs;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.StorageServers;
import dev.hubferry.k8s.domain.naming.UserServer;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One look at one hub: everything that a check needs of it, and everything that is wrong with it. */
final class HubLook {
    private static final String ASK_OPERATOR = "see the hub's objects with kubectl";

    private final HubCluster cluster;
    private final HubRef ref;
    private final Findings findings;

    HubLook(HubCluster cluster, HubRef ref, Findings findings) {
        this.cluster = cluster;
        this.ref = ref;
        this.findings = findings;
    }

    Optional<Hub> hub() {
        Optional<Hub> hub = findings.attempt(
                "hub " + ref.cluster() + "/" + ref.namespace(),
                "name the cluster, namespace and, if there are several, the release of the hub",
                () -> Hubs.find(cluster, ref));
        hub.ifPresent(this::checkWayIn);
        return hub;
    }

    HubSettings settings(Hub hub) {
        Optional<HubSettings> settings = findings.attempt(
                        "the configuration of " + hub.described(),
                        ASK_OPERATOR,
                        () -> cluster.settings(hub.deployment()))
                .flatMap(found -> found);
        if (settings.isEmpty()) {
            findings.notice(
                    hub.described(),
                    "No Secret holds the chart's values; what is said of homes comes from running servers and volumes alone.");
        }
        return settings.orElseGet(HubSettings::unknown);
    }

    /** Where the homes are, compared with what the spec says of them. */
    Optional<HomeLayout> layout(Hub hub, HubSettings settings, HomesRef homes, StorageServers storages) {
        Optional<HomeLayout> layout = layout(hub, settings);
        layout.ifPresent(found -> HomesFinder.compare(hub, found, homes, storages, findings));
        return layout;
    }

    /** Where the homes are. */
    Optional<HomeLayout> layout(Hub hub, HubSettings settings) {
        return findings.attempt(
                        "homes of " + hub.described(),
                        ASK_OPERATOR,
                        () -> HomesFinder.find(cluster, hub, settings, findings))
                .flatMap(layout -> layout);
    }

    Optional<IngressAddress> ingress(Hub hub) {
        return findings.attempt(
                "cluster " + ref.cluster(),
                "set hubferry.k8s.clusters." + ref.cluster() + ".ingress for where the cluster lets users in",
                () -> IngressFinder.require(cluster, hub));
    }

    /** Users' servers that have not ended. */
    List<Pod> servers(Hub hub) {
        return pods(hub).stream()
                .filter(pod -> hub.isUserServer(pod) && !pod.isOver())
                .toList();
    }

    /** What the hub says of itself, or else what it wrote on a server that it made. */
    String version(Hub hub, HubSettings settings) {
        return readyPod(hub)
                .flatMap(pod -> findings.attempt(
                        "hub " + hub.described(), ASK_OPERATOR, () -> cluster.version(pod, settings.baseUrl())))
                .flatMap(answer -> answer)
                .or(() -> servers(hub).stream()
                        .flatMap(pod -> pod.jupyterHubVersion().stream())
                        .findFirst())
                .orElse("unknown");
    }

    /**
     * Users whose names are known.
     *
     * @param listed all users as the hub lists them; empty when it does not
     */
    record Users(Set<UserServer> known, Optional<List<HubUser>> listed) {
        Users {
            known = Collections.unmodifiableSet(new LinkedHashSet<>(known));
        }

        /** Whether there are no others. */
        boolean all() {
            return listed.isPresent();
        }
    }

    /** Users that run a server now, and all others if the hub tells us. */
    Users users(Hub hub, HubSettings settings) {
        Set<UserServer> users = new LinkedHashSet<>();
        servers(hub).forEach(pod -> pod.user().ifPresent(name -> users.add(new UserServer(name, pod.server()))));
        Optional<List<HubUser>> listed = readyPod(hub)
                .flatMap(pod -> findings.attempt(
                        "users of " + hub.described(),
                        ASK_OPERATOR,
                        () -> cluster.users(hub.deployment(), pod, settings.baseUrl())))
                .flatMap(answer -> answer);
        listed.ifPresent(all -> all.forEach(user -> users.add(UserServer.unnamed(user.name()))));
        return new Users(users, listed);
    }

    private Optional<Pod> readyPod(Hub hub) {
        return pods(hub).stream()
                .filter(pod -> hub.deployment().owns(pod) && pod.ready())
                .findFirst();
    }

    private List<Pod> pods(Hub hub) {
        return findings.attempt("pods of " + hub.described(), ASK_OPERATOR, () -> cluster.pods(ref.namespace()))
                .orElse(List.of());
    }

    private void checkWayIn(Hub hub) {
        if (hub.publicServices().size() != 1) {
            findings.problem(
                    ErrorCode.HUB_NOT_FOUND,
                    "the way into " + hub.described(),
                    "there are %d Services with the label component=proxy-public"
                            .formatted(hub.publicServices().size()),
                    "the hub needs exactly one");
        }
        hub.publicServices().forEach(door -> {
            if (door.selector().isEmpty()) {
                findings.problem(
                        ErrorCode.HUB_NOT_FOUND,
                        "Service " + door.namespace() + "/" + door.name(),
                        "has no selector, so it cannot be shut by it",
                        "let it select the hub's proxy");
            }
            door.holder()
                    .ifPresent(migration -> findings.problem(
                            ErrorCode.HUB_NOT_READY,
                            "Service " + door.namespace() + "/" + door.name(),
                            "is held by migration " + migration,
                            "end that migration first"));
        });
    }
}
