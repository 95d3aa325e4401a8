package dev.hubferry.k8s.domain.check;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.HubFacts;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.K8sReply.SourceChecked;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.Access;
import dev.hubferry.k8s.domain.cluster.Clusters;
import dev.hubferry.k8s.domain.cluster.HomesUse;
import dev.hubferry.k8s.domain.cluster.Hub;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.HubUser;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.StorageServers;
import dev.hubferry.k8s.domain.naming.UserServer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at the two hubs before anything is changed, and names everything that would go wrong later. */
public final class HubChecks {
    private final Clusters clusters;
    private final StorageServers storages;

    public HubChecks(Clusters clusters, StorageServers storages) {
        this.clusters = clusters;
        this.storages = storages;
    }

    /** What the source is, and whose homes may go first; fails with every problem at once. */
    public SourceChecked source(HubRef ref, HomesRef homes) {
        Findings findings = new Findings();
        HubCluster cluster = clusters.named(ref.cluster());
        checkAccess(cluster, RequiredAccess.toSource(ref.namespace(), ingressOf(cluster)), findings);
        Optional<Seen> seen = see(cluster, ref, homes, findings);
        seen.ifPresent(source -> checkOtherWriters(cluster, source.hub(), homes, findings));
        List<String> activeHomes =
                seen.map(source -> activeHomes(source, findings)).orElse(List.of());
        return new SourceChecked(facts(seen, findings), activeHomes);
    }

    /** What the target is, and whether it would mount the homes that users have on the source; fails with every problem at once. */
    public HubFacts target(HubRef ref, HomesRef homes, HubRef sourceRef) {
        Findings findings = new Findings();
        HubCluster cluster = clusters.named(ref.cluster());
        checkAccess(cluster, RequiredAccess.toTarget(ref.namespace(), ingressOf(cluster)), findings);
        Optional<Seen> seen = see(cluster, ref, homes, findings);
        seen.ifPresent(target -> {
            checkNobodyWorks(target, findings);
            checkWriters(cluster, target.hub(), homes, findings);
            target.layout()
                    .ifPresent(
                            layout -> compareWithSource(layout, target.users().known(), sourceRef, findings));
        });
        return facts(seen, findings);
    }

    private Optional<Seen> see(HubCluster cluster, HubRef ref, HomesRef homes, Findings findings) {
        HubLook look = new HubLook(cluster, ref, findings);
        return look.hub().map(hub -> {
            HubSettings settings = look.settings(hub);
            return new Seen(
                    hub,
                    look.layout(hub, settings, homes, storages),
                    look.version(hub, settings),
                    look.ingress(hub),
                    look.servers(hub),
                    look.users(hub, settings));
        });
    }

    private void compareWithSource(
            HomeLayout target, Set<UserServer> targetUsers, HubRef sourceRef, Findings findings) {
        // The source's own problems are told by its own check; here they only make the comparison impossible.
        Findings ofSource = new Findings();
        HubCluster cluster = clusters.named(sourceRef.cluster());
        HubLook look = new HubLook(cluster, sourceRef, ofSource);
        Optional<Hub> hub = look.hub();
        HubSettings settings = hub.map(look::settings).orElseGet(HubSettings::unknown);
        Optional<HomeLayout> source = hub.flatMap(found -> look.layout(found, settings));
        if (hub.isEmpty() || source.isEmpty()) {
            findings.problem(
                    ErrorCode.HOME_PATHS_DIFFER,
                    "homes",
                    "it cannot be told how the source names users' homes",
                    "see the problems of the source");
            return;
        }
        HubLook.Users ofHub = look.users(hub.get(), settings);
        Set<UserServer> users = new LinkedHashSet<>(ofHub.known());
        users.addAll(targetUsers);
        new HomeComparison(source.get(), target).compare(new HubLook.Users(users, ofHub.listed()), findings);
        findings.notice(
                "homes", "Home directories were compared for %d users that are known now.".formatted(users.size()));
    }

    /** A hint for the copy; a hub that does not give it is no worse. */
    private static List<String> activeHomes(Seen source, Findings findings) {
        Optional<List<HubUser>> users = source.users().listed();
        List<String> homes = source.layout()
                .flatMap(layout -> users.map(listed -> ActiveHomes.of(layout, listed)))
                .orElse(List.of());
        if (users.isEmpty()) {
            findings.notice(
                    "homes",
                    "The hub does not list its users to Hubferry (no service token, or no answer), so homes are not copied in the order of their users' activity.");
        } else if (homes.isEmpty() && !users.get().isEmpty()) {
            findings.notice(
                    "homes",
                    "The hub does not tell Hubferry when its users were active (scope read:users:activity), or how it names their homes, so homes are not copied in that order.");
        }
        return homes;
    }

    private static void checkAccess(HubCluster cluster, List<Access> required, Findings findings) {
        required.stream()
                .filter(access -> !cluster.allows(access))
                .forEach(access -> findings.problem(
                        ErrorCode.PERMISSION_MISSING,
                        "cluster " + cluster.name(),
                        "the credentials may not " + access,
                        "allow it in a Role or ClusterRole bound to the kubeconfig's user"));
    }

    private void checkOtherWriters(HubCluster cluster, Hub hub, HomesRef homes, Findings findings) {
        List<String> servers = storages.of(homes.storage());
        HomesUse use = new HomesUse(servers, homes.path());
        findings.attempt(
                        "homes of " + hub.described(),
                        "let Hubferry see all pods and volumes",
                        () -> use.writersElsewhere(cluster, hub))
                .orElse(List.of())
                .forEach(pod -> findings.problem(
                        ErrorCode.PODS_NOT_GONE,
                        "pod " + pod.described(),
                        "can write to the hub's homes from another namespace",
                        "stop it before the move, or mount the homes read-only there"));
    }

    /** Whoever writes to the target's homes, its users apart. */
    private void checkWriters(HubCluster cluster, Hub hub, HomesRef homes, Findings findings) {
        HomesUse use = new HomesUse(storages.of(homes.storage()), homes.path());
        findings
                .attempt(
                        "homes of " + hub.described(),
                        "let Hubferry see all pods and volumes",
                        () -> use.writers(cluster))
                .orElse(List.of())
                .stream()
                .filter(pod -> !hub.deployment().owns(pod) && !hub.isUserServer(pod))
                .forEach(pod -> findings.problem(
                        ErrorCode.PODS_NOT_GONE,
                        "pod " + pod.described(),
                        "can write to the homes of the target, which nobody may use before the move",
                        "stop it before the move, or mount the homes read-only there"));
    }

    private static void checkNobodyWorks(Seen target, Findings findings) {
        if (!target.servers().isEmpty()) {
            findings.problem(
                    ErrorCode.PODS_NOT_GONE,
                    "hub " + target.hub().described(),
                    "%d servers of users run on the target: %s"
                            .formatted(target.servers().size(), names(target.servers())),
                    "stop them; nobody may work on the target before the move");
        }
    }

    private static HubFacts facts(Optional<Seen> seen, Findings findings) {
        if (!findings.isClean() || seen.isEmpty()) {
            throw Refusal.of(findings.problems());
        }
        Seen found = seen.get();
        HomeLayout layout = found.layout().orElseThrow();
        return new HubFacts(
                found.hub().release(),
                found.hub().deployment().image(),
                found.version(),
                layout.homes().server(),
                layout.homes().path(),
                found.ingress().orElseThrow(),
                found.servers().size(),
                findings.notices());
    }

    private static String names(List<Pod> pods) {
        return pods.stream().map(Pod::name).limit(5).collect(Collectors.joining(", "));
    }

    private static String ingressOf(HubCluster cluster) {
        return cluster.ingressPlace().namespace();
    }

    private record Seen(
            Hub hub,
            Optional<HomeLayout> layout,
            String version,
            Optional<IngressAddress> ingress,
            List<Pod> servers,
            HubLook.Users users) {}
}
