package dev.hubferry.k8s.domain.check;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.Claim;
import dev.hubferry.k8s.domain.cluster.Hub;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.NfsExport;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.StorageServers;
import dev.hubferry.k8s.domain.cluster.Volume;
import dev.hubferry.k8s.domain.naming.HomeTemplate;
import java.util.List;
import java.util.Optional;

/** Finds where a hub's homes really are, from its configuration, its running servers and its volumes, and compares that with the spec. */
public final class HomesFinder {
    private HomesFinder() {}

    /** Where the homes are and that the spec says so; fails with every problem. */
    public static HomeLayout require(
            HubCluster cluster, Hub hub, HubSettings settings, HomesRef homes, StorageServers storages) {
        Findings findings = new Findings();
        Optional<HomeLayout> layout = find(cluster, hub, settings, findings);
        layout.ifPresent(found -> compare(hub, found, homes, storages, findings));
        return layout.filter(found -> findings.isClean()).orElseThrow(() -> Refusal.of(findings.problems()));
    }

    /** Where the homes are; fails with every problem. */
    public static HomeLayout require(HubCluster cluster, Hub hub, HubSettings settings) {
        Findings findings = new Findings();
        return find(cluster, hub, settings, findings).orElseThrow(() -> Refusal.of(findings.problems()));
    }

    /** Where the homes are; empty when a problem says why that cannot be told. */
    static Optional<HomeLayout> find(HubCluster cluster, Hub hub, HubSettings settings, Findings findings) {
        List<Pod> servers =
                cluster.pods(hub.namespace()).stream().filter(hub::isUserServer).toList();
        List<Claim> claims = cluster.claims(hub.namespace());
        return new ClaimChoice(hub, settings, servers, claims)
                .choose(findings)
                .flatMap(claim -> volume(cluster, claim, findings))
                .flatMap(bound -> layout(hub, settings, servers, bound, findings));
    }

    private static Optional<Bound> volume(HubCluster cluster, Claim claim, Findings findings) {
        Optional<Volume> volume = cluster.volumes().stream()
                .filter(candidate -> claim.volume()
                        .map(candidate.name()::equals)
                        .orElse(candidate.isBoundTo(claim.namespace(), claim.name())))
                .findFirst();
        String where = "PersistentVolumeClaim " + claim.namespace() + "/" + claim.name();
        if (volume.isEmpty()) {
            findings.problem(ErrorCode.HOMES_NOT_FOUND, where, "is bound to no volume", "bind it to the homes' volume");
        } else if (volume.get().export().isEmpty()) {
            findings.problem(
                    ErrorCode.STORAGE_MISMATCH,
                    where,
                    "its volume %s is of kind %s, not NFS"
                            .formatted(volume.get().name(), volume.get().kind()),
                    "homes have to be on an NFS server");
        }
        return volume.flatMap(Volume::export).map(export -> new Bound(claim.name(), export));
    }

    private static Optional<HomeLayout> layout(
            Hub hub, HubSettings settings, List<Pod> servers, Bound bound, Findings findings) {
        HomeMounts mounts = new HomeMounts(bound.claim(), settings.homeMountPath());
        HomeTemplate template = new HomeTemplate(templateText(settings, mounts, servers, findings), hub.namespace());
        Optional<String> directory = template.directory();
        if (directory.isEmpty()) {
            findings.problem(
                    ErrorCode.HOMES_LAYOUT_UNKNOWN,
                    "hub " + hub.described(),
                    "its subPath template '" + template.text() + "' puts users below directories of their own",
                    "only layouts where all homes stand in one directory can be moved");
            return Optional.empty();
        }
        var observed = mounts.observed(servers, directory.get());
        var scheme = new SchemeChoice(settings, hub.deployment(), servers).choose(template, observed);
        return Optional.of(new HomeLayout(bound.claim(), bound.export(), directory.get(), template, scheme, observed));
    }

    private static String templateText(HubSettings settings, HomeMounts mounts, List<Pod> servers, Findings findings) {
        return settings.subPath().or(() -> mounts.inferredTemplate(servers)).orElseGet(() -> {
            findings.notice(
                    "homes",
                    "The hub's configuration does not say how users' directories are named; the chart's default "
                            + HomeTemplate.DEFAULT + " is taken.");
            return HomeTemplate.DEFAULT;
        });
    }

    /** Notes a problem when the homes are not where the spec says. */
    static void compare(Hub hub, HomeLayout layout, HomesRef homes, StorageServers storages, Findings findings) {
        List<String> servers = storages.of(homes.storage());
        if (servers.isEmpty()) {
            findings.problem(
                    ErrorCode.CONNECTION_UNKNOWN,
                    "homes.storage",
                    "k8s-svc has no nfs-servers for the storage connection " + homes.storage(),
                    "set hubferry.k8s.storages." + homes.storage() + ".nfs-servers");
            return;
        }
        NfsExport real = layout.homes();
        if (!real.isOnOneOf(servers) || !real.path().equals(homes.path())) {
            findings.problem(
                    ErrorCode.STORAGE_MISMATCH,
                    "homes of " + hub.described(),
                    "the hub's homes are at %s, the spec says %s at path %s (that is server %s)"
                            .formatted(real, homes.storage(), homes.path(), String.join(" or ", servers)),
                    "name the storage connection and path that the hub really uses");
        }
    }

    private record Bound(String claim, NfsExport export) {}
}
