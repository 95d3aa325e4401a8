package dev.hubferry.fakes.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The objects of a cluster under one growing revision, with a bounded history.
 *
 * <p>A stored object is never changed in place: every change stores a new tree, so readers may share what they get and
 * must not write to it.
 */
public final class ObjectStore {

    private final Map<ResourceType, NavigableMap<ObjectKey, ObjectNode>> objects = new HashMap<>();
    private final Deque<StoreEvent> history = new ArrayDeque<>();
    private final List<Consumer<StoreEvent>> listeners = new CopyOnWriteArrayList<>();
    private final int historyLength;
    private long revision = 1;
    private long forgottenUpTo;

    /** @param historyLength how many changes a watch or a continued list may reach back */
    public ObjectStore(int historyLength) {
        this.historyLength = historyLength;
    }

    /**
     * Calls the listener for each later change, in order, while the store is locked: it must return at once.
     *
     * @return ends the listening
     */
    public Runnable listen(Consumer<StoreEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Runs several steps as one: nobody else reads or writes in between. */
    public synchronized <T> T atomically(java.util.function.Supplier<T> steps) {
        return steps.get();
    }

    public synchronized long revision() {
        return revision;
    }

    public synchronized Optional<ObjectNode> find(ResourceType type, ObjectKey key) {
        return Optional.ofNullable(all(type).get(key));
    }

    public ObjectNode get(ResourceType type, ObjectKey key) {
        return find(type, key).orElseThrow(() -> ApiFailure.notFound(type, key.name()));
    }

    public synchronized List<ObjectNode> list(Selection selection) {
        return all(selection.type()).values().stream()
                .filter(selection::matches)
                .toList();
    }

    /** Stores a new object; fails with 409 when the name is taken. */
    public synchronized ObjectNode create(ResourceType type, ObjectNode object) {
        ObjectKey key = ObjectKey.of(object);
        if (all(type).containsKey(key)) {
            throw ApiFailure.alreadyExists(type, key.name());
        }
        ObjectNode stored = stamped(object);
        all(type).put(key, stored);
        publish(new StoreEvent.Added(revision, type, stored));
        return stored;
    }

    /**
     * Stores what the change makes of a copy of the present object. A change that changes nothing makes no new version,
     * as in Kubernetes; one that completes a pending deletion removes the object.
     */
    public synchronized ObjectNode update(ResourceType type, ObjectKey key, UnaryOperator<ObjectNode> change) {
        ObjectNode current = get(type, key);
        ObjectNode changed = change.apply(current.deepCopy());
        Json.copyField(metadata(current), metadata(changed), "resourceVersion");
        if (changed.equals(current)) {
            return current;
        }
        if (isDeletionComplete(changed)) {
            return remove(type, key, current, changed);
        }
        ObjectNode stored = stamped(changed);
        all(type).put(key, stored);
        publish(new StoreEvent.Modified(revision, type, stored, current));
        return stored;
    }

    /** Takes the object away at once, whatever its finalizers say. */
    public synchronized ObjectNode remove(ResourceType type, ObjectKey key) {
        ObjectNode current = get(type, key);
        return remove(type, key, current, current);
    }

    /**
     * Everything of a selection as it stood at a revision.
     *
     * @throws ApiFailure 410 when the history no longer reaches back so far
     */
    public synchronized List<ObjectNode> listAt(Selection selection, long at) {
        requireRemembered(at);
        NavigableMap<ObjectKey, ObjectNode> then = new TreeMap<>(all(selection.type()));
        history.descendingIterator().forEachRemaining(event -> {
            if (event.revision() > at && event.type().equals(selection.type())) {
                event.before().ifPresentOrElse(before -> then.put(event.key(), before), () -> then.remove(event.key()));
            }
        });
        return then.values().stream().filter(selection::matches).toList();
    }

    /**
     * Hands every event after a revision to the watcher, then the later ones, without a gap.
     *
     * @return ends the watch
     * @throws ApiFailure 410 when the history no longer reaches back so far
     */
    public synchronized Runnable watch(long after, Consumer<StoreEvent> watcher) {
        requireRemembered(after);
        history.stream().filter(event -> event.revision() > after).forEach(watcher);
        return listen(watcher);
    }

    /** Forgets all history, as a compaction does: every older version is too old from now on. */
    public synchronized void compact() {
        history.clear();
        forgottenUpTo = revision;
    }

    private void requireRemembered(long at) {
        if (at < forgottenUpTo) {
            throw ApiFailure.expired("too old resource version: %d (%d)".formatted(at, forgottenUpTo + 1));
        }
    }

    private NavigableMap<ObjectKey, ObjectNode> all(ResourceType type) {
        return objects.computeIfAbsent(type, ignored -> new TreeMap<>());
    }

    private ObjectNode remove(ResourceType type, ObjectKey key, ObjectNode current, ObjectNode lastState) {
        ObjectNode last = stamped(lastState);
        all(type).remove(key);
        publish(new StoreEvent.Deleted(revision, type, last, current));
        return last;
    }

    private ObjectNode stamped(ObjectNode object) {
        revision++;
        ObjectNode stored = object.deepCopy();
        metadata(stored).put("resourceVersion", Long.toString(revision));
        return stored;
    }

    private void publish(StoreEvent event) {
        history.addLast(event);
        while (history.size() > historyLength) {
            forgottenUpTo = history.removeFirst().revision();
        }
        new ArrayList<>(listeners).forEach(listener -> listener.accept(event));
    }

    private static ObjectNode metadata(ObjectNode object) {
        return Json.ensureObject(object, "metadata");
    }

    private static boolean isDeletionComplete(ObjectNode object) {
        return Json.has(object, "metadata", "deletionTimestamp")
                && Json.at(object, "metadata", "deletionGracePeriodSeconds").asLong() == 0
                && Json.at(object, "metadata", "finalizers").isEmpty()
                && Json.at(object, "spec", "finalizers").isEmpty();
    }
}
