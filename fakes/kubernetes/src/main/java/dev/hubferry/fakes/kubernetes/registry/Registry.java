package dev.hubferry.fakes.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.admission.Defaults;
import dev.hubferry.fakes.kubernetes.admission.Immutability;
import dev.hubferry.fakes.kubernetes.admission.ServiceAddresses;
import dev.hubferry.fakes.kubernetes.admission.Validation;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Writes objects under the rules of the API server: defaults, validation, versions, and who may write which part. */
public final class Registry {

    /** Metadata that only the server writes. */
    private static final List<String> OF_THE_SERVER = List.of(
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation");

    private static final Set<String> PROTECTED = Set.of("PersistentVolume", "PersistentVolumeClaim");

    private final ObjectStore store;
    private final ServiceAddresses addresses;
    private final Clock clock;

    public Registry(ObjectStore store, ServiceAddresses addresses, Clock clock) {
        this.store = store;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Which part of an object a request writes; the other part stays as it was. */
    public enum Part {
        MAIN,
        STATUS
    }

    /** Fails with 400, 403, 404, 409 or 422 when the object cannot be. */
    public ObjectNode create(ResourceType type, String namespace, ObjectNode incoming, boolean dryRun) {
        ObjectNode object = Json.withoutNulls(incoming);
        requireKind(type, object);
        requireNewAndPlacedIn(namespace, object);
        complete(type, namespace, object);
        return store.atomically(() -> {
            requireLivingNamespace(type, namespace, Json.text(object, "metadata", "name"));
            Defaults.apply(type, object);
            Validation.check(type, object);
            if (type.equals(ResourceTypes.SERVICES)) {
                addresses.assign(object);
            }
            return dryRun ? object : store.create(type, object);
        });
    }

    /**
     * Stores what the change makes of a copy of the present object.
     *
     * <p>Fails with 409 when the result carries a resourceVersion or uid other than the present one, with 422 when it
     * cannot be.
     */
    public ObjectNode update(
            ResourceType type, ObjectKey key, Part part, boolean dryRun, UnaryOperator<ObjectNode> change) {
        return store.atomically(() -> {
            ObjectNode current = store.get(type, key);
            ObjectNode merged = merged(type, part, current, change.apply(current.deepCopy()));
            return dryRun ? merged : store.update(type, key, ignored -> merged);
        });
    }

    private ObjectNode merged(ResourceType type, Part part, ObjectNode current, ObjectNode incoming) {
        requireKind(type, incoming);
        requireSameIdentity(type, current, incoming);
        ObjectNode merged = part == Part.STATUS ? current.deepCopy() : Json.withoutNulls(incoming);
        if (part == Part.STATUS) {
            Json.copyField(incoming, merged, "status");
            return merged;
        }
        ObjectNode metadata = Json.ensureObject(merged, "metadata");
        OF_THE_SERVER.forEach(field -> Json.copyField(Json.ensureObject(current, "metadata"), metadata, field));
        if (type.shape().hasStatus()) {
            Json.copyField(current, merged, "status");
        }
        if (type.equals(ResourceTypes.SERVICES)) {
            addresses.keep(current, merged);
        }
        Defaults.apply(type, merged);
        Validation.check(type, merged);
        Immutability.check(type, current, merged);
        if (type.shape().hasGeneration() && !current.path("spec").equals(merged.path("spec"))) {
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
        return merged;
    }

    private void requireKind(ResourceType type, ObjectNode object) {
        Json.putIfAbsent(object, "apiVersion", type.apiVersion());
        Json.putIfAbsent(object, "kind", type.kind());
        if (!Json.text(object, "apiVersion").equals(type.apiVersion())
                || !Json.text(object, "kind").equals(type.kind())) {
            throw ApiFailure.badRequest(
                    "%s in version \"%s\" cannot be handled as a %s: no kind \"%s\" is registered here"
                            .formatted(
                                    Json.text(object, "kind"),
                                    Json.text(object, "apiVersion"),
                                    type.kind(),
                                    Json.text(object, "kind")));
        }
    }

    private static void requireNewAndPlacedIn(String namespace, ObjectNode object) {
        String own = Json.text(object, "metadata", "namespace");
        if (!own.isEmpty() && !own.equals(namespace)) {
            throw ApiFailure.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the" + " request");
        }
        String version = Json.text(object, "metadata", "resourceVersion");
        if (!version.isEmpty() && !"0".equals(version)) {
            throw ApiFailure.ofServer(500, "resourceVersion should not be set on objects to be created");
        }
    }

    private void complete(ResourceType type, String namespace, ObjectNode object) {
        ObjectNode metadata = Json.ensureObject(object, "metadata");
        metadata.remove(List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"));
        if (type.namespaced()) {
            metadata.put("namespace", namespace);
        }
        if (Json.text(metadata, "name").isEmpty() && Json.has(metadata, "generateName")) {
            metadata.put("name", Json.text(metadata, "generateName") + RandomNames.suffix());
        }
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put(
                "creationTimestamp",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        if (type.shape().hasGeneration()) {
            metadata.put("generation", 1);
        }
        if (PROTECTED.contains(type.kind())) {
            protect(metadata, protection(type));
        }
        if (type.shape().hasStatus()) {
            object.set("status", initialStatus(type));
        }
    }

    private static void protect(ObjectNode metadata, String finalizer) {
        ArrayNode finalizers = Json.ensureArray(metadata, "finalizers");
        if (!Json.texts(finalizers).contains(finalizer)) {
            finalizers.add(finalizer);
        }
    }

    /** The finalizer that keeps a claim or a volume while it is in use. */
    public static String protection(ResourceType type) {
        return type.equals(ResourceTypes.PERSISTENT_VOLUMES)
                ? "kubernetes.io/pv-protection"
                : "kubernetes.io/pvc-protection";
    }

    private static JsonNode initialStatus(ResourceType type) {
        return switch (type.kind()) {
            case "Namespace" -> Json.object().put("phase", "Active");
            case "Pod" -> Json.object().put("phase", "Pending").put("qosClass", "BestEffort");
            case "PersistentVolume", "PersistentVolumeClaim" -> Json.object().put("phase", "Pending");
            case "Service" -> {
                ObjectNode status = Json.object();
                status.putObject("loadBalancer");
                yield status;
            }
            default -> Json.object();
        };
    }

    private void requireLivingNamespace(ResourceType type, String namespace, String name) {
        if (!type.namespaced()) {
            return;
        }
        ObjectNode found = store.get(ResourceTypes.NAMESPACES, new ObjectKey("", namespace));
        if (Json.has(found, "metadata", "deletionTimestamp")) {
            throw ApiFailure.forbidden(
                    type,
                    name,
                    "unable to create new content in namespace " + namespace + " because it is being terminated");
        }
    }

    private static void requireSameIdentity(ResourceType type, ObjectNode current, ObjectNode incoming) {
        String name = Json.text(current, "metadata", "name");
        if (!Json.text(incoming, "metadata", "name").equals(name)) {
            throw ApiFailure.badRequest("the name of the object (%s) does not match the name on the URL (%s)"
                    .formatted(Json.text(incoming, "metadata", "name"), name));
        }
        String uid = Json.text(incoming, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(Json.text(current, "metadata", "uid"))) {
            throw ApiFailure.conflict(
                    type,
                    name,
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                            .formatted(uid, Json.text(current, "metadata", "uid")));
        }
        String version = Json.text(incoming, "metadata", "resourceVersion");
        if (!version.isEmpty()
                && !"0".equals(version)
                && !version.equals(Json.text(current, "metadata", "resourceVersion"))) {
            throw ApiFailure.stale(type, name);
        }
    }
}
