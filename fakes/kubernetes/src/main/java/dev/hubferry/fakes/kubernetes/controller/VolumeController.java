package dev.hubferry.fakes.kubernetes.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.admission.Defaults;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.registry.DeleteOptions;
import dev.hubferry.fakes.kubernetes.registry.Deletion;
import dev.hubferry.fakes.kubernetes.registry.Registry;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import dev.hubferry.fakes.kubernetes.store.Selection;
import java.util.List;
import java.util.Optional;

/**
 * Binds claims to volumes, makes volumes on demand, and keeps both while they are in use.
 *
 * <pre>
 *   claim:  Pending ─► Bound                        volume: Pending ─► Available ─► Bound ─► Released (or deleted)
 * </pre>
 */
public final class VolumeController implements ControlLoop.Reconciler {

    private static final ResourceType CLAIMS = ResourceTypes.PERSISTENT_VOLUME_CLAIMS;
    private static final ResourceType VOLUMES = ResourceTypes.PERSISTENT_VOLUMES;

    private final ObjectStore store;
    private final Registry registry;
    private final Deletion deletion;

    public VolumeController(ObjectStore store, Registry registry, Deletion deletion) {
        this.store = store;
        this.registry = registry;
        this.deletion = deletion;
    }

    @Override
    public void reconcile() {
        store.list(Selection.all(VOLUMES, "")).forEach(this::reconcileVolume);
        store.list(Selection.all(CLAIMS, "")).forEach(this::reconcileClaim);
    }

    private void reconcileVolume(ObjectNode volume) {
        JsonNode claimRef = Json.at(volume, "spec", "claimRef");
        boolean claimLives = claimOf(claimRef).isPresent();
        if (Owners.isDeleting(volume) && !claimLives) {
            store.update(
                    VOLUMES, ObjectKey.of(volume), current -> Finalizers.remove(current, Registry.protection(VOLUMES)));
        } else if (!Json.has(claimRef, "uid")) {
            phase(volume, "Available");
        } else if (claimLives) {
            phase(volume, "Bound");
        } else if ("Delete".equals(Json.text(volume, "spec", "persistentVolumeReclaimPolicy"))) {
            deletion.delete(VOLUMES, ObjectKey.of(volume), DeleteOptions.standard());
        } else {
            phase(volume, "Released");
        }
    }

    private void reconcileClaim(ObjectNode claim) {
        if (Owners.isDeleting(claim)) {
            if (!isUsed(claim)) {
                store.update(
                        CLAIMS,
                        ObjectKey.of(claim),
                        current -> Finalizers.remove(current, Registry.protection(CLAIMS)));
            }
        } else if (!"Bound".equals(Json.text(claim, "status", "phase"))) {
            volumeFor(claim).ifPresent(volume -> bind(claim, volume));
        }
    }

    private Optional<ObjectNode> claimOf(JsonNode claimRef) {
        return store.find(CLAIMS, new ObjectKey(Json.text(claimRef, "namespace"), Json.text(claimRef, "name")))
                .filter(claim -> Owners.uid(claim).equals(Json.text(claimRef, "uid")));
    }

    private Optional<ObjectNode> volumeFor(ObjectNode claim) {
        String named = Json.text(claim, "spec", "volumeName");
        if (!named.isEmpty()) {
            return store.find(VOLUMES, new ObjectKey("", named)).filter(volume -> isFreeFor(volume, claim));
        }
        Optional<ObjectNode> standing = store.list(Selection.all(VOLUMES, "")).stream()
                .filter(volume -> isFreeFor(volume, claim) && suits(volume, claim))
                .findFirst();
        if (standing.isEmpty() && Defaults.STORAGE_CLASS.equals(Json.text(claim, "spec", "storageClassName"))) {
            return Optional.of(provision(claim));
        }
        return standing;
    }

    private static boolean isFreeFor(ObjectNode volume, ObjectNode claim) {
        JsonNode claimRef = Json.at(volume, "spec", "claimRef");
        boolean reserved = Json.text(claimRef, "name").equals(Json.text(claim, "metadata", "name"))
                && Json.text(claimRef, "namespace").equals(Json.text(claim, "metadata", "namespace"))
                && List.of("", Owners.uid(claim)).contains(Json.text(claimRef, "uid"));
        return !Owners.isDeleting(volume) && (claimRef.isMissingNode() || reserved);
    }

    private static boolean suits(ObjectNode volume, ObjectNode claim) {
        List<String> offered = Json.texts(Json.at(volume, "spec", "accessModes"));
        return Json.text(volume, "spec", "storageClassName").equals(Json.text(claim, "spec", "storageClassName"))
                && offered.containsAll(Json.texts(Json.at(claim, "spec", "accessModes")));
    }

    private ObjectNode provision(ObjectNode claim) {
        ObjectNode volume = Json.object();
        Json.ensureObject(volume, "metadata").put("name", "pvc-" + Owners.uid(claim));
        Json.ensureObject(volume, "metadata", "annotations")
                .put("pv.kubernetes.io/provisioned-by", "disk.csi.hubferry.dev");
        ObjectNode spec = Json.ensureObject(volume, "spec")
                .put("storageClassName", Defaults.STORAGE_CLASS)
                .put("persistentVolumeReclaimPolicy", "Delete");
        spec.set("accessModes", Json.at(claim, "spec", "accessModes").deepCopy());
        spec.set("capacity", Json.at(claim, "spec", "resources", "requests").deepCopy());
        Json.ensureObject(spec, "csi")
                .put("driver", "disk.csi.hubferry.dev")
                .put("volumeHandle", "disk-" + Owners.uid(claim));
        return registry.create(VOLUMES, "", volume, false);
    }

    private void bind(ObjectNode claim, ObjectNode volume) {
        String volumeName = Json.text(volume, "metadata", "name");
        store.update(VOLUMES, ObjectKey.of(volume), current -> {
            Json.ensureObject(current, "spec", "claimRef")
                    .put("kind", "PersistentVolumeClaim")
                    .put("apiVersion", "v1")
                    .put("namespace", Json.text(claim, "metadata", "namespace"))
                    .put("name", Json.text(claim, "metadata", "name"))
                    .put("uid", Owners.uid(claim));
            Json.ensureObject(current, "status").put("phase", "Bound");
            return current;
        });
        store.update(CLAIMS, ObjectKey.of(claim), current -> {
            Json.ensureObject(current, "spec").put("volumeName", volumeName);
            ObjectNode status = Json.ensureObject(current, "status").put("phase", "Bound");
            status.set("accessModes", Json.at(volume, "spec", "accessModes").deepCopy());
            status.set("capacity", Json.at(volume, "spec", "capacity").deepCopy());
            return current;
        });
    }

    private boolean isUsed(ObjectNode claim) {
        return store.list(Selection.all(ResourceTypes.PODS, Json.text(claim, "metadata", "namespace"))).stream()
                .flatMap(pod -> Json.objects(Json.at(pod, "spec", "volumes")).stream())
                .anyMatch(volume -> Json.text(volume, "persistentVolumeClaim", "claimName")
                        .equals(Json.text(claim, "metadata", "name")));
    }

    private void phase(ObjectNode volume, String phase) {
        store.update(VOLUMES, ObjectKey.of(volume), current -> {
            Json.ensureObject(current, "status").put("phase", phase);
            return current;
        });
    }
}
