package dev.hubferry.k8s.domain.cluster;

import dev.hubferry.contracts.IngressAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Service, seen as a way in.
 *
 * @param uid changes when the Service is deleted and made again
 * @param type such as {@code ClusterIP} or {@code LoadBalancer}
 * @param selector which pods it leads to
 * @param addresses what its load balancer was given, in the order of its status; empty when it has none
 */
public record Door(
        String namespace,
        String name,
        String uid,
        String type,
        Map<String, String> labels,
        Map<String, String> selector,
        List<IngressAddress> addresses) {
    /** A selector entry that no pod has: with it the Service leads nowhere and keeps its address. */
    public static final String HELD = "hubferry.dev/held";

    public boolean isPublic() {
        return Labels.isPart(labels, "proxy-public");
    }

    public Optional<String> release() {
        return Labels.release(labels);
    }

    public boolean isLoadBalancer() {
        return type.equals("LoadBalancer");
    }

    /** The migration that holds it shut. */
    public Optional<String> holder() {
        return Optional.ofNullable(selector.get(HELD));
    }

    /** The address for DNS: IPv4 before a hostname before IPv6. */
    public Optional<IngressAddress> address() {
        return addresses.stream().min((a, b) -> Integer.compare(rank(a), rank(b)));
    }

    private static int rank(IngressAddress address) {
        return switch (address.kind()) {
            case IPV4 -> 0;
            case HOSTNAME -> 1;
            case IPV6 -> 2;
        };
    }
}
