package dev.hubferry.fakes.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import java.util.Optional;

/** One change of one object, at one resource version. */
public sealed interface StoreEvent {

    long revision();

    ResourceType type();

    /** The object after the change; of a deleted one its last state. */
    ObjectNode object();

    record Added(long revision, ResourceType type, ObjectNode object) implements StoreEvent {}

    record Modified(long revision, ResourceType type, ObjectNode object, ObjectNode previous) implements StoreEvent {}

    record Deleted(long revision, ResourceType type, ObjectNode object, ObjectNode previous) implements StoreEvent {}

    default ObjectKey key() {
        return ObjectKey.of(object());
    }

    /** What stood there before the change. */
    default Optional<ObjectNode> before() {
        return switch (this) {
            case Added _ -> Optional.empty();
            case Modified modified -> Optional.of(modified.previous());
            case Deleted deleted -> Optional.of(deleted.previous());
        };
    }

    /**
     * How a watcher of a selection sees the change: an object that begins to match is added to it, one that ceases to
     * match is deleted, one that never matched is no event at all.
     */
    default Optional<WatchEvent> seenBy(Selection selection) {
        if (!selection.type().equals(type())) {
            return Optional.empty();
        }
        boolean now = !(this instanceof Deleted) && selection.matches(object());
        boolean before = before().filter(selection::matches).isPresent();
        if (now) {
            return Optional.of(new WatchEvent(before ? "MODIFIED" : "ADDED", object()));
        }
        return before ? Optional.of(new WatchEvent("DELETED", object())) : Optional.empty();
    }
}
