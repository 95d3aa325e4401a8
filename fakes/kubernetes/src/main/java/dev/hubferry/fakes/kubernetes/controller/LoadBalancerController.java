package dev.hubferry.fakes.kubernetes.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import dev.hubferry.fakes.kubernetes.store.Selection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Gives Services of type LoadBalancer an address after a while, as a cloud does.
 *
 * <p>An address belongs to one life of a Service (its uid): a re-created Service gets another one. While an address is
 * held, a finalizer keeps the Service until the load balancer is taken down.
 */
public final class LoadBalancerController implements ControlLoop.Reconciler {

    private static final String CLEANUP = "service.kubernetes.io/load-balancer-cleanup";
    private static final Pattern IP = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:]*");

    private final ObjectStore store;
    private final ControlLoop loop;
    private final Duration delay;
    private final Deque<String> free;
    private final Map<String, String> heldByUid = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    /** @param addresses IPs or host names; they are given out in turn */
    public LoadBalancerController(ObjectStore store, ControlLoop loop, List<String> addresses, Duration delay) {
        this.store = store;
        this.loop = loop;
        this.delay = delay;
        this.free = new ArrayDeque<>(addresses);
    }

    @Override
    public void reconcile() {
        List<ObjectNode> services = store.list(Selection.all(ResourceTypes.SERVICES, ""));
        releaseExcept(services.stream().map(Owners::uid).collect(Collectors.toSet()));
        for (ObjectNode service : services) {
            boolean wanted = "LoadBalancer".equals(Json.text(service, "spec", "type")) && !Owners.isDeleting(service);
            if (wanted && !heldByUid.containsKey(Owners.uid(service))) {
                later(service, () -> provide(service));
            } else if (!wanted && Finalizers.has(service, CLEANUP)) {
                later(service, () -> takeDown(service));
            }
        }
    }

    private void later(ObjectNode service, Runnable step) {
        if (underWay.add(Owners.uid(service))) {
            loop.run(delay, () -> {
                underWay.remove(Owners.uid(service));
                boolean sameLife = store.find(ResourceTypes.SERVICES, ObjectKey.of(service))
                        .filter(present -> Owners.uid(present).equals(Owners.uid(service)))
                        .isPresent();
                if (sameLife) {
                    step.run();
                }
                loop.wake();
            });
        }
    }

    private void provide(ObjectNode service) {
        if (free.isEmpty()) {
            loop.run(delay, loop::wake);
            return;
        }
        String address = free.removeFirst();
        heldByUid.put(Owners.uid(service), address);
        store.update(ResourceTypes.SERVICES, ObjectKey.of(service), current -> {
            ObjectNode ingress = Json.ensureObject(current, "status", "loadBalancer")
                    .putArray("ingress")
                    .addObject();
            ingress.put(IP.matcher(address).matches() ? "ip" : "hostname", address);
            return Finalizers.add(current, CLEANUP);
        });
    }

    private void takeDown(ObjectNode service) {
        release(Owners.uid(service));
        store.update(ResourceTypes.SERVICES, ObjectKey.of(service), current -> {
            Json.ensureObject(current, "status").putObject("loadBalancer");
            return Finalizers.remove(current, CLEANUP);
        });
    }

    private void releaseExcept(Set<String> living) {
        List.copyOf(heldByUid.keySet()).stream()
                .filter(uid -> !living.contains(uid))
                .forEach(this::release);
    }

    private void release(String uid) {
        String address = heldByUid.remove(uid);
        if (address != null) {
            free.addLast(address);
        }
    }
}
