package dev.hubferry.fakes.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.registry.DeleteOptions.Propagation;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import dev.hubferry.fakes.kubernetes.store.Selection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes as the API server does.
 *
 * <pre>
 *   delete ─┬─ no grace, no finalizer ───────────────────────────────► gone
 *           └─ else: deletionTimestamp is set ─► kubelet ends the pod,
 *                                                owners of finalizers remove them ─► gone
 * </pre>
 */
public final class Deletion {

    /** Held by an owner that waits for its dependents. */
    public static final String FOREGROUND = "foregroundDeletion";

    private static final long DEFAULT_GRACE_SECONDS = 30;
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final ObjectStore store;
    private final Clock clock;

    public Deletion(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What a deletion left behind. */
    public sealed interface Outcome {
        /** The object is no more; this was its last state. */
        record Gone(ObjectNode last) implements Outcome {}

        /** The object stands until its pod has ended or its finalizers are removed. */
        record Pending(ObjectNode object) implements Outcome {}
    }

    public Outcome delete(ResourceType type, ObjectKey key, DeleteOptions options) {
        return store.atomically(() -> {
            ObjectNode object = store.get(type, key);
            requirePreconditions(type, object, options);
            if (options.dryRun()) {
                return new Outcome.Gone(object);
            }
            if (options.propagation() == Propagation.ORPHAN) {
                orphanDependentsOf(Json.text(object, "metadata", "uid"));
            }
            return mark(type, key, grace(type, object, options), options.propagation() == Propagation.FOREGROUND);
        });
    }

    private Outcome mark(ResourceType type, ObjectKey key, long graceSeconds, boolean foreground) {
        ObjectNode marked = store.update(type, key, object -> {
            ObjectNode metadata = Json.ensureObject(object, "metadata");
            boolean first = !metadata.has("deletionTimestamp");
            if (first
                    || graceSeconds
                            < metadata.path("deletionGracePeriodSeconds").asLong()) {
                metadata.put("deletionTimestamp", timestamp(graceSeconds));
                metadata.put("deletionGracePeriodSeconds", graceSeconds);
            }
            if (foreground && first) {
                Json.ensureArray(metadata, "finalizers").add(FOREGROUND);
            }
            if (type.equals(ResourceTypes.NAMESPACES)) {
                Json.ensureObject(object, "status").put("phase", "Terminating");
            }
            return object;
        });
        return store.find(type, key).isPresent() ? new Outcome.Pending(marked) : new Outcome.Gone(marked);
    }

    private long grace(ResourceType type, ObjectNode object, DeleteOptions options) {
        if (!type.equals(ResourceTypes.PODS)) {
            return 0;
        }
        boolean nothingRuns =
                Json.text(object, "spec", "nodeName").isEmpty() || ENDED.contains(Json.text(object, "status", "phase"));
        long own = Json.at(object, "spec", "terminationGracePeriodSeconds").asLong(DEFAULT_GRACE_SECONDS);
        return nothingRuns ? 0 : options.graceSeconds().orElse(own);
    }

    private void requirePreconditions(ResourceType type, ObjectNode object, DeleteOptions options) {
        String name = Json.text(object, "metadata", "name");
        requireEqual(type, name, "UID", options.uid(), Json.text(object, "metadata", "uid"));
        requireEqual(
                type,
                name,
                "ResourceVersion",
                options.resourceVersion(),
                Json.text(object, "metadata", "resourceVersion"));
    }

    private static void requireEqual(ResourceType type, String name, String what, String asked, String present) {
        if (!asked.isEmpty() && !asked.equals(present)) {
            throw ApiFailure.conflict(
                    type,
                    name,
                    "the %s in the precondition (%s) does not match the %s in record (%s). The object might have been"
                                    .formatted(what, asked, what, present)
                            + " deleted and then recreated");
        }
    }

    private void orphanDependentsOf(String ownerUid) {
        for (ResourceType type : ResourceTypes.all()) {
            for (ObjectNode dependent : store.list(Selection.all(type, ""))) {
                if (owner(dependent, ownerUid).isPresent()) {
                    store.update(type, ObjectKey.of(dependent), object -> withoutOwner(object, ownerUid));
                }
            }
        }
    }

    private static Optional<ObjectNode> owner(ObjectNode dependent, String uid) {
        return Json.objects(Json.at(dependent, "metadata", "ownerReferences")).stream()
                .filter(owner -> Json.text(owner, "uid").equals(uid))
                .findFirst();
    }

    private static ObjectNode withoutOwner(ObjectNode object, String uid) {
        ArrayNode kept = Json.array();
        Json.objects(Json.at(object, "metadata", "ownerReferences")).stream()
                .filter(owner -> !Json.text(owner, "uid").equals(uid))
                .forEach(kept::add);
        Json.ensureObject(object, "metadata").set("ownerReferences", kept);
        return object;
    }

    private String timestamp(long inSeconds) {
        return clock.instant()
                .plusSeconds(inSeconds)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
