package dev.hubferry.k8s.domain;

import dev.hubferry.k8s.domain.cluster.Door;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is in a cluster, and how it changes as time passes by {@link #tick()}: pods leave slowly, Deployments make and re-make theirs. */
class MemoryState {
    private static final int GRACE_TICKS = 2;

    final String name;
    final Map<String, Workload> deployments = new LinkedHashMap<>();
    final Map<String, Door> services = new LinkedHashMap<>();
    final Map<String, Pod> pods = new LinkedHashMap<>();
    private final Map<String, Integer> leaving = new LinkedHashMap<>();
    private int uids;

    private final Map<String, Integer> going = new LinkedHashMap<>();

    /** How many steps of time a deleted Service stays, as one with a finalizer does. */
    public int servicesLinger;

    public boolean podsNeverLeave;
    public boolean podsNeverReady;

    MemoryState(String name) {
        this.name = name;
    }

    public void put(Workload deployment) {
        deployments.put(key(deployment.namespace(), deployment.name()), deployment);
    }

    public void put(Door door) {
        services.put(key(door.namespace(), door.name()), withUid(door));
    }

    public void put(Pod pod) {
        pods.put(key(pod.namespace(), pod.name()), pod);
    }

    /** The Service goes, after as many steps of time as it lingers. */
    void remove(Door door) {
        if (servicesLinger == 0) {
            services.remove(key(door.namespace(), door.name()));
        } else {
            going.putIfAbsent(door.uid(), servicesLinger);
        }
    }

    boolean isGoing(Door door) {
        return going.containsKey(door.uid());
    }

    public void removeService(String namespace, String service) {
        services.remove(key(namespace, service));
    }

    public String uid() {
        uids++;
        return name + "-uid-" + uids;
    }

    /** One step of time. */
    public void tick() {
        for (String key : List.copyOf(leaving.keySet())) {
            if (!podsNeverLeave && leaving.merge(key, -1, Integer::sum) <= 0) {
                leaving.remove(key);
                pods.remove(key);
            }
        }
        going.replaceAll((uid, left) -> left - 1);
        services.values().removeIf(door -> going.getOrDefault(door.uid(), 1) <= 0);
        pods.replaceAll((key, pod) -> isProbe(pod) ? with(pod, "Succeeded", false, pod.terminating()) : pod);
        pods.replaceAll((key, pod) -> pod.controller().isPresent() && !pod.terminating() && !podsNeverReady
                ? with(pod, "Running", true, false)
                : pod);
        deployments.values().forEach(this::reconcile);
    }

    private void reconcile(Workload deployment) {
        List<Pod> own = pods.values().stream()
                .filter(pod -> deployment.owns(pod) && !pod.terminating() && !pod.isOver())
                .toList();
        own.stream().skip(deployment.replicas()).forEach(this::terminate);
        for (int i = own.size(); i < deployment.replicas(); i++) {
            String uid = uid();
            put(new Pod(
                    deployment.namespace(),
                    deployment.name() + "-" + uid,
                    uid,
                    deployment.podLabels(),
                    Map.of(),
                    "Pending",
                    false,
                    false,
                    Optional.empty(),
                    Optional.of("ReplicaSet " + deployment.name() + "-1"),
                    Pods.mountsOf(deployment.name())));
        }
    }

    void terminate(Pod pod) {
        String key = key(pod.namespace(), pod.name());
        pods.put(key, with(pod, pod.phase(), false, true));
        leaving.putIfAbsent(key, GRACE_TICKS);
    }

    /** What people can see of it, without identities. */
    public String describe() {
        List<String> lines = new ArrayList<>();
        services.values()
                .forEach(door -> lines.add(
                        "service %s/%s %s %s".formatted(door.namespace(), door.name(), door.type(), door.selector())));
        deployments
                .values()
                .forEach(deployment -> lines.add("deployment %s/%s %d"
                        .formatted(deployment.namespace(), deployment.name(), deployment.replicas())));
        pods.values().stream()
                .filter(pod -> pod.controller().isEmpty())
                .forEach(pod -> lines.add("pod %s/%s".formatted(pod.namespace(), pod.name())));
        lines.sort(null);
        return String.join("\n", lines);
    }

    Workload counted(Workload found) {
        int ready = (int) pods.values().stream()
                .filter(pod -> found.owns(pod) && pod.ready())
                .count();
        return new Workload(
                found.namespace(),
                found.name(),
                found.labels(),
                found.image(),
                found.podLabels(),
                found.replicas(),
                ready,
                found.secrets(),
                found.configMaps());
    }

    Door withUid(Door door) {
        return new Door(
                door.namespace(), door.name(), uid(), door.type(), door.labels(), door.selector(), door.addresses());
    }

    private static boolean isProbe(Pod pod) {
        return pod.labels().containsKey("hubferry.dev/purpose");
    }

    private static Pod with(Pod pod, String phase, boolean ready, boolean terminating) {
        return new Pod(
                pod.namespace(),
                pod.name(),
                pod.uid(),
                pod.labels(),
                pod.annotations(),
                phase,
                terminating,
                ready,
                pod.trouble(),
                pod.controller(),
                pod.mounts());
    }

    static String key(String namespace, String object) {
        return namespace + "/" + object;
    }
}
