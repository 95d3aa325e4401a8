package dev.hubferry.fakes.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.controller.Pods;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.node.VolumeDirectories;
import dev.hubferry.fakes.kubernetes.registry.DeleteOptions;
import dev.hubferry.fakes.kubernetes.registry.Deletion;
import dev.hubferry.fakes.kubernetes.registry.Registry;
import dev.hubferry.fakes.kubernetes.registry.Registry.Part;
import dev.hubferry.fakes.kubernetes.store.FieldSelector;
import dev.hubferry.fakes.kubernetes.store.LabelSelector;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import dev.hubferry.fakes.kubernetes.store.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Direct access to the objects of the cluster, past authentication and faults but under the API server's rules. */
public final class World {

    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration BINDING = Duration.ofSeconds(10);

    private final ObjectStore store;
    private final Registry registry;
    private final Deletion deletion;
    private final VolumeDirectories directories;

    World(ObjectStore store, Registry registry, Deletion deletion, VolumeDirectories directories) {
        this.directories = directories;
        this.store = store;
        this.registry = registry;
        this.deletion = deletion;
    }

    /** Creates every document of a YAML or JSON text, in order; answers the last. Namespaces are made when missing. */
    public ObjectNode create(String manifests) {
        ObjectNode last = Json.object();
        for (String document : manifests.split("(?m)^---\\s*$")) {
            if (!document.isBlank()) {
                last = create(Json.parse(document));
            }
        }
        return last;
    }

    /** Creates one object in the namespace that it names itself ({@code default} when it names none). */
    public ObjectNode create(ObjectNode manifest) {
        ResourceType type = ResourceTypes.of(manifest);
        String namespace = type.namespaced() ? namespaceOf(manifest) : "";
        if (type.namespaced()) {
            ensureNamespace(namespace);
        }
        return registry.create(type, namespace, manifest, false).deepCopy();
    }

    /** Makes the namespace unless it is there. */
    public void ensureNamespace(String name) {
        store.atomically(() -> store.find(ResourceTypes.NAMESPACES, new ObjectKey("", name))
                .orElseGet(() -> registry.create(
                        ResourceTypes.NAMESPACES, "", Json.parse("{metadata: {name: %s}}".formatted(name)), false)));
    }

    /** A copy of the object, if it is there. */
    public Optional<ObjectNode> find(ResourceType type, String namespace, String name) {
        return store.find(type, new ObjectKey(namespace, name)).map(ObjectNode::deepCopy);
    }

    /** Copies of the objects of a namespace ("" for all) that a label selector ("" for all) picks. */
    public List<ObjectNode> list(ResourceType type, String namespace, String labelSelector) {
        return store
                .list(new Selection(type, namespace, LabelSelector.parse(labelSelector), FieldSelector.EVERYTHING))
                .stream()
                .map(ObjectNode::deepCopy)
                .toList();
    }

    /** Changes everything but the status. */
    public ObjectNode update(ResourceType type, String namespace, String name, UnaryOperator<ObjectNode> change) {
        return registry.update(type, new ObjectKey(namespace, name), Part.MAIN, false, change)
                .deepCopy();
    }

    public void delete(ResourceType type, String namespace, String name, DeleteOptions options) {
        deletion.delete(type, new ObjectKey(namespace, name), options);
    }

    /** What a careless redeploy does: the Service is deleted if it is there, and made anew, with other addresses. */
    public ObjectNode redeploy(String namespace, ObjectNode service) {
        ObjectNode manifest = service.deepCopy();
        Json.ensureObject(manifest, "metadata").put("namespace", namespace);
        return store.atomically(() -> {
            String name = Json.text(manifest, "metadata", "name");
            if (find(ResourceTypes.SERVICES, namespace, name).isPresent()) {
                store.remove(ResourceTypes.SERVICES, new ObjectKey(namespace, name));
            }
            return create(manifest);
        });
    }

    /** The ready pods behind a Service; none when the Service does not exist. */
    public List<ObjectNode> endpoints(String namespace, String service) {
        return find(ResourceTypes.SERVICES, namespace, service)
                .map(found -> LabelSelector.ofLabels(Json.at(found, "spec", "selector")))
                .filter(selector -> !selector.isEverything())
                .map(selector -> list(ResourceTypes.PODS, namespace, "").stream()
                        .filter(selector::matches)
                        .filter(Pods::isReady)
                        .toList())
                .orElse(List.of());
    }

    /**
     * The directory of this host that is a claim's volume, for seeding and inspecting files.
     *
     * @throws TimeoutException when the claim is not bound within ten seconds
     */
    public Path volumeDirectory(String namespace, String claim) throws TimeoutException {
        await(
                "claim " + namespace + "/" + claim + " is bound",
                BINDING,
                () -> directories.ofClaim(namespace, claim).isPresent());
        return directories.ofClaim(namespace, claim).orElseThrow();
    }

    /** Forgets all history: every watch from an older version is answered with 410. */
    public void compact() {
        store.compact();
    }

    /**
     * Waits until something is so.
     *
     * @param what what is waited for, as the error says it
     */
    public void await(String what, Duration atMost, BooleanSupplier condition) throws TimeoutException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("not within " + atMost + ": " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static String namespaceOf(ObjectNode manifest) {
        String namespace = Json.text(manifest, "metadata", "namespace");
        return namespace.isEmpty() ? "default" : namespace;
    }
}
