package dev.hubferry.fakes.kubernetes.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.registry.DeleteOptions;
import dev.hubferry.fakes.kubernetes.registry.Deletion;
import dev.hubferry.fakes.kubernetes.registry.Registry;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import dev.hubferry.fakes.kubernetes.store.Selection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Makes and removes pods until each ReplicaSet has as many as it wishes. */
public final class ReplicaSetController implements ControlLoop.Reconciler {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final ObjectStore store;
    private final Registry registry;
    private final Deletion deletion;

    public ReplicaSetController(ObjectStore store, Registry registry, Deletion deletion) {
        this.store = store;
        this.registry = registry;
        this.deletion = deletion;
    }

    @Override
    public void reconcile() {
        store.list(Selection.all(ResourceTypes.REPLICA_SETS, "")).stream()
                .filter(set -> !Owners.isDeleting(set))
                .forEach(this::reconcile);
    }

    private void reconcile(ObjectNode set) {
        List<ObjectNode> pods = livingPods(store, set);
        int wanted = Json.at(set, "spec", "replicas").asInt();
        for (int i = pods.size(); i < wanted; i++) {
            makePod(set);
        }
        pods.stream()
                .sorted(Comparator.comparing(Pods::isReady))
                .limit(Math.max(0, pods.size() - wanted))
                .forEach(pod -> deletion.delete(ResourceTypes.PODS, ObjectKey.of(pod), DeleteOptions.standard()));
        writeStatus(set);
    }

    /** The pods that count: neither ended nor on their way out. */
    static List<ObjectNode> livingPods(ObjectStore store, ObjectNode set) {
        return Owners.ownedBy(store, ResourceTypes.PODS, set).stream()
                .filter(pod -> !Owners.isDeleting(pod) && !ENDED.contains(Json.text(pod, "status", "phase")))
                .toList();
    }

    private void makePod(ObjectNode set) {
        ObjectNode pod = Json.object();
        pod.set("metadata", Json.at(set, "spec", "template", "metadata").deepCopy());
        pod.set("spec", Json.at(set, "spec", "template", "spec").deepCopy());
        ObjectNode metadata = Json.ensureObject(pod, "metadata");
        metadata.remove(List.of("name", "namespace", "creationTimestamp"));
        metadata.put("generateName", Json.text(set, "metadata", "name") + "-");
        Owners.setController(pod, set);
        registry.create(ResourceTypes.PODS, Json.text(set, "metadata", "namespace"), pod, false);
    }

    private void writeStatus(ObjectNode set) {
        List<ObjectNode> pods = livingPods(store, set);
        int ready = (int) pods.stream().filter(Pods::isReady).count();
        ObjectNode status = Json.object().put("replicas", pods.size());
        Pods.putUnlessZero(status, "fullyLabeledReplicas", pods.size());
        Pods.putUnlessZero(status, "readyReplicas", ready);
        Pods.putUnlessZero(status, "availableReplicas", ready);
        status.put("observedGeneration", Json.at(set, "metadata", "generation").asLong());
        store.update(ResourceTypes.REPLICA_SETS, ObjectKey.of(set), current -> current.set("status", status));
    }
}
