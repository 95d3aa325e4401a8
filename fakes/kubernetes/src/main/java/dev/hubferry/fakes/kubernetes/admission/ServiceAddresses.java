package dev.hubferry.fakes.kubernetes.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.ApiFailure.Cause;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import dev.hubferry.fakes.kubernetes.store.Selection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gives Services their cluster addresses and node ports; what one lost is not given again before all others were. */
public final class ServiceAddresses {

    private static final int FIRST_NODE_PORT = 30_000;
    private static final int NODE_PORTS = 2768;
    private static final int HOSTS = 250;

    private final ObjectStore store;
    private final String network;
    private int lastHost = 1;
    private int lastNodePort;

    /** @param network the first three octets, such as {@code 10.96.0} */
    public ServiceAddresses(ObjectStore store, String network) {
        this.store = store;
        this.network = network;
    }

    /** Completes a new Service in place; fails with 422 when it asks for an address that is taken or elsewhere. */
    public void assign(ObjectNode service) {
        ObjectNode spec = Json.ensureObject(service, "spec");
        if ("ExternalName".equals(Json.text(spec, "type"))) {
            return;
        }
        String asked = Json.text(spec, "clusterIP");
        if (asked.isEmpty()) {
            spec.put("clusterIP", nextFree());
        } else if (!"None".equals(asked)) {
            requireFree(service, asked);
        }
        spec.putArray("clusterIPs").add(Json.text(spec, "clusterIP"));
        assignNodePorts(spec);
    }

    /** Keeps, on an update that leaves them out, the address and node ports that the Service has. */
    public void keep(ObjectNode before, ObjectNode after) {
        ObjectNode was = Json.ensureObject(before.deepCopy(), "spec");
        ObjectNode is = Json.ensureObject(after, "spec");
        if ("ExternalName".equals(Json.text(is, "type"))) {
            return;
        }
        if (Json.text(is, "clusterIP").isEmpty() && Json.has(was, "clusterIP")) {
            Json.copyField(was, is, "clusterIP");
        }
        if (!Json.has(is, "clusterIP")) {
            is.put("clusterIP", nextFree());
        }
        is.putArray("clusterIPs").add(Json.text(is, "clusterIP"));
        for (ObjectNode port : Json.objects(is.path("ports"))) {
            Json.objects(was.path("ports")).stream()
                    .filter(old -> old.path("port").equals(port.path("port")) && old.has("nodePort"))
                    .forEach(old -> Json.putIfAbsent(port, "nodePort", old.get("nodePort")));
        }
        assignNodePorts(is);
    }

    private void assignNodePorts(ObjectNode spec) {
        boolean wanted = Set.of("NodePort", "LoadBalancer").contains(Json.text(spec, "type"));
        for (ObjectNode port : Json.objects(spec.path("ports"))) {
            if (!wanted) {
                port.remove("nodePort");
            } else if (!Json.has(port, "nodePort")) {
                lastNodePort = (lastNodePort + 1) % NODE_PORTS;
                port.put("nodePort", FIRST_NODE_PORT + lastNodePort);
            }
        }
    }

    private String nextFree() {
        Set<String> taken = taken();
        for (int i = 0; i < HOSTS; i++) {
            lastHost = lastHost % HOSTS + 1;
            String candidate = network + "." + (lastHost + 1);
            if (!taken.contains(candidate)) {
                return candidate;
            }
        }
        throw ApiFailure.internal("failed to allocate a serviceIP: range is full");
    }

    private void requireFree(ObjectNode service, String asked) {
        String name = Json.text(service, "metadata", "name");
        Function<String, ApiFailure> refusal = why -> ApiFailure.invalid(
                ResourceTypes.SERVICES,
                name,
                List.of(Cause.invalid("spec.clusterIPs", asked, "failed to allocate IP " + asked + ": " + why)));
        if (!asked.startsWith(network + ".")) {
            throw refusal.apply(
                    "the provided IP is not in the valid range. The range of valid IPs is " + network + ".0/24");
        }
        if (taken().contains(asked)) {
            throw refusal.apply("provided IP is already allocated");
        }
    }

    private Set<String> taken() {
        return store.list(Selection.all(ResourceTypes.SERVICES, "")).stream()
                .map(service -> Json.text(service, "spec", "clusterIP"))
                .collect(Collectors.toSet());
    }
}
