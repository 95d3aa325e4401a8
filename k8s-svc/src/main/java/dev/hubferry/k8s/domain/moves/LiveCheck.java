package dev.hubferry.k8s.domain.moves;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.k8s.domain.Limits;
import dev.hubferry.k8s.domain.Patience;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.Work;
import dev.hubferry.k8s.domain.check.IngressFinder;
import dev.hubferry.k8s.domain.cluster.Clusters;
import dev.hubferry.k8s.domain.cluster.FrontDoor;
import dev.hubferry.k8s.domain.cluster.Hub;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.HubSettings;
import dev.hubferry.k8s.domain.cluster.Hubs;
import dev.hubferry.k8s.domain.cluster.IngressPlace;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Goes the way that users go: the cluster's way in, the public name, the hub behind it. */
public final class LiveCheck {
    private final Clusters clusters;
    private final FrontDoor frontDoor;
    private final Patience patience;
    private final Limits limits;

    public LiveCheck(Clusters clusters, FrontDoor frontDoor, Patience patience, Limits limits) {
        this.clusters = clusters;
        this.frontDoor = frontDoor;
        this.patience = patience;
        this.limits = limits;
    }

    /** The status with which the hub's API answered: 200; fails with HUB_NOT_READY naming the last answer. */
    public int verify(HubRef ref, String host, Work work) throws InterruptedException {
        HubCluster cluster = clusters.named(ref.cluster());
        Hub hub = Hubs.find(cluster, ref);
        IngressAddress address = IngressFinder.require(cluster, hub);
        String path = cluster.settings(hub.deployment())
                        .orElseGet(HubSettings::unknown)
                        .baseUrl()
                + "hub/api/";
        AtomicReference<String> last = new AtomicReference<>("no answer");
        Optional<Integer> live =
                patience.await(limits.live(), work, () -> ask(cluster.ingressPlace(), address, host, path, last));
        return live.orElseThrow(() -> Refusal.of(
                ErrorCode.HUB_NOT_READY,
                "hub %s does not answer as %s at %s after %d s: %s"
                        .formatted(
                                hub.described(),
                                host,
                                address.value(),
                                limits.live().toSeconds(),
                                last.get())));
    }

    private Optional<Integer> ask(
            IngressPlace place, IngressAddress address, String host, String path, AtomicReference<String> last) {
        return switch (frontDoor.get(place, address, host, path)) {
            case FrontDoor.Answer.Status(int status, String body)
            when status == 200 && body.contains("\"version\"") -> Optional.of(status);
            case FrontDoor.Answer.Status(int status, String body) -> {
                last.set("status " + status + (status == 200 ? ", but not from a hub's API" : ""));
                yield Optional.empty();
            }
            case FrontDoor.Answer.Nothing(String why) -> {
                last.set(why);
                yield Optional.empty();
            }
        };
    }
}
