package dev.hubferry.fakes.kubernetes.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.registry.DeleteOptions;
import dev.hubferry.fakes.kubernetes.registry.Deletion;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import dev.hubferry.fakes.kubernetes.store.Selection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Deletes what has lost all its owners, what an owner in foreground deletion waits for, and emptied namespaces. */
public final class GarbageCollector implements ControlLoop.Reconciler {

    private final ObjectStore store;
    private final Deletion deletion;

    public GarbageCollector(ObjectStore store, Deletion deletion) {
        this.store = store;
        this.deletion = deletion;
    }

    private record Found(ResourceType type, ObjectNode object) {
        ObjectKey key() {
            return ObjectKey.of(object);
        }
    }

    @Override
    public void reconcile() {
        List<Found> everything = everything();
        Set<String> uids =
                everything.stream().map(found -> Owners.uid(found.object())).collect(Collectors.toSet());
        everything.stream().filter(found -> isOrphan(found.object(), uids)).forEach(this::delete);
        everything.stream()
                .filter(found -> Finalizers.has(found.object(), Deletion.FOREGROUND))
                .forEach(owner -> finishForeground(owner, everything));
        store.list(Selection.all(ResourceTypes.NAMESPACES, "")).stream()
                .filter(Owners::isDeleting)
                .forEach(namespace -> empty(namespace, everything));
    }

    private List<Found> everything() {
        return ResourceTypes.all().stream()
                .flatMap(type -> store.list(Selection.all(type, "")).stream().map(object -> new Found(type, object)))
                .toList();
    }

    private static boolean isOrphan(ObjectNode object, Set<String> uids) {
        List<ObjectNode> owners = Json.objects(Json.at(object, "metadata", "ownerReferences"));
        return !owners.isEmpty() && owners.stream().noneMatch(owner -> uids.contains(Json.text(owner, "uid")));
    }

    private void finishForeground(Found owner, List<Found> everything) {
        List<Found> dependents = everything.stream()
                .filter(found -> Owners.isOwnedBy(found.object(), Owners.uid(owner.object())))
                .toList();
        dependents.forEach(dependent -> delete(dependent, DeleteOptions.foreground()));
        if (dependents.isEmpty()) {
            store.update(owner.type(), owner.key(), object -> Finalizers.remove(object, Deletion.FOREGROUND));
        }
    }

    private void empty(ObjectNode namespace, List<Found> everything) {
        String name = Json.text(namespace, "metadata", "name");
        List<Found> contents = everything.stream()
                .filter(found ->
                        found.type().namespaced() && found.key().namespace().equals(name))
                .toList();
        contents.forEach(this::delete);
        if (contents.isEmpty()) {
            store.update(ResourceTypes.NAMESPACES, ObjectKey.of(namespace), object -> {
                Json.ensureObject(object, "spec").remove("finalizers");
                return object;
            });
        }
    }

    private void delete(Found found) {
        delete(found, DeleteOptions.standard());
    }

    private void delete(Found found, DeleteOptions options) {
        if (!Owners.isDeleting(found.object())
                && store.find(found.type(), found.key()).isPresent()) {
            deletion.delete(found.type(), found.key(), options);
        }
    }
}
