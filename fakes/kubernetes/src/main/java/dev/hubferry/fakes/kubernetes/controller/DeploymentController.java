package dev.hubferry.fakes.kubernetes.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.registry.RandomNames;
import dev.hubferry.fakes.kubernetes.registry.Registry;
import dev.hubferry.fakes.kubernetes.registry.Registry.Part;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import dev.hubferry.fakes.kubernetes.store.Selection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Keeps one ReplicaSet per template of a Deployment and shifts the replicas to the present one.
 *
 * <p>{@code Recreate} waits until no pod of an older template is left; {@code RollingUpdate} (whose surge is always all
 * of them here) removes the older pods once the new ones are ready.
 */
public final class DeploymentController implements ControlLoop.Reconciler {

    private static final String HASH_LABEL = "pod-template-hash";

    private final ObjectStore store;
    private final Registry registry;
    private final Clock clock;

    public DeploymentController(ObjectStore store, Registry registry, Clock clock) {
        this.store = store;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void reconcile() {
        store.list(Selection.all(ResourceTypes.DEPLOYMENTS, "")).stream()
                .filter(deployment -> !Owners.isDeleting(deployment))
                .forEach(this::reconcile);
    }

    private void reconcile(ObjectNode deployment) {
        String hash = RandomNames.hash(
                Json.canonical(Json.at(deployment, "spec", "template")).hashCode());
        String present = Json.text(deployment, "metadata", "name") + "-" + hash;
        List<ObjectNode> older = Owners.ownedBy(store, ResourceTypes.REPLICA_SETS, deployment).stream()
                .filter(set -> !Json.text(set, "metadata", "name").equals(present))
                .toList();
        int wanted = Json.at(deployment, "spec", "replicas").asInt();
        ObjectKey key = new ObjectKey(Json.text(deployment, "metadata", "namespace"), present);
        if (isRecreate(deployment)) {
            older.forEach(set -> scale(ObjectKey.of(set), 0));
            ensureSet(deployment, key, hash, older.stream().anyMatch(this::hasPods) ? 0 : wanted);
        } else {
            ObjectNode set = ensureSet(deployment, key, hash, wanted);
            if (Json.at(set, "status", "readyReplicas").asInt() >= wanted) {
                older.forEach(old -> scale(ObjectKey.of(old), 0));
            }
        }
        writeStatus(deployment, key);
    }

    private static boolean isRecreate(ObjectNode deployment) {
        return "Recreate".equals(Json.text(deployment, "spec", "strategy", "type"));
    }

    private boolean hasPods(ObjectNode set) {
        return !Owners.ownedBy(store, ResourceTypes.PODS, set).isEmpty();
    }

    private ObjectNode ensureSet(ObjectNode deployment, ObjectKey key, String hash, int replicas) {
        if (store.find(ResourceTypes.REPLICA_SETS, key).isEmpty()) {
            return registry.create(
                    ResourceTypes.REPLICA_SETS, key.namespace(), newSet(deployment, key, hash, replicas), false);
        }
        return scale(key, replicas);
    }

    private ObjectNode scale(ObjectKey set, int replicas) {
        return registry.update(ResourceTypes.REPLICA_SETS, set, Part.MAIN, false, current -> {
            Json.ensureObject(current, "spec").put("replicas", replicas);
            return current;
        });
    }

    private static ObjectNode newSet(ObjectNode deployment, ObjectKey key, String hash, int replicas) {
        ObjectNode set = Json.object();
        Json.ensureObject(set, "metadata").put("name", key.name());
        Owners.setController(set, deployment);
        ObjectNode spec = Json.ensureObject(set, "spec").put("replicas", replicas);
        spec.set("selector", Json.at(deployment, "spec", "selector").deepCopy());
        spec.set("template", Json.at(deployment, "spec", "template").deepCopy());
        Json.ensureObject(spec, "selector", "matchLabels").put(HASH_LABEL, hash);
        ObjectNode labels =
                Json.ensureObject(spec, "template", "metadata", "labels").put(HASH_LABEL, hash);
        Json.ensureObject(set, "metadata").set("labels", labels.deepCopy());
        return set;
    }

    private void writeStatus(ObjectNode deployment, ObjectKey presentSet) {
        List<ObjectNode> pods = Owners.ownedBy(store, ResourceTypes.REPLICA_SETS, deployment).stream()
                .flatMap(set -> ReplicaSetController.livingPods(store, set).stream())
                .toList();
        int wanted = Json.at(deployment, "spec", "replicas").asInt();
        int ready = (int) pods.stream().filter(Pods::isReady).count();
        int updated = store.find(ResourceTypes.REPLICA_SETS, presentSet)
                .map(set -> ReplicaSetController.livingPods(store, set).size())
                .orElse(0);
        ObjectNode status = Json.object()
                .put(
                        "observedGeneration",
                        Json.at(deployment, "metadata", "generation").asLong());
        Pods.putUnlessZero(status, "replicas", pods.size());
        Pods.putUnlessZero(status, "updatedReplicas", updated);
        Pods.putUnlessZero(status, "readyReplicas", ready);
        Pods.putUnlessZero(status, "availableReplicas", ready);
        Pods.putUnlessZero(status, "unavailableReplicas", Math.max(0, wanted - ready));
        store.update(ResourceTypes.DEPLOYMENTS, ObjectKey.of(deployment), current -> {
            status.set("conditions", conditions(current, ready >= wanted));
            return current.set("status", status);
        });
    }

    private ArrayNode conditions(ObjectNode current, boolean available) {
        ArrayNode conditions = Json.array();
        conditions.add(condition(
                current,
                "Available",
                available,
                available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable"));
        conditions.add(
                condition(current, "Progressing", true, available ? "NewReplicaSetAvailable" : "ReplicaSetUpdated"));
        return conditions;
    }

    private ObjectNode condition(ObjectNode current, String type, boolean holds, String reason) {
        String status = holds ? "True" : "False";
        return Json.objects(Json.at(current, "status", "conditions")).stream()
                .filter(old -> Json.text(old, "type").equals(type)
                        && Json.text(old, "status").equals(status)
                        && Json.text(old, "reason").equals(reason))
                .findFirst()
                .orElseGet(() -> newCondition(type, status, reason));
    }

    private ObjectNode newCondition(String type, String status, String reason) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return Json.object()
                .put("type", type)
                .put("status", status)
                .put("reason", reason)
                .put("lastUpdateTime", now)
                .put("lastTransitionTime", now);
    }
}
