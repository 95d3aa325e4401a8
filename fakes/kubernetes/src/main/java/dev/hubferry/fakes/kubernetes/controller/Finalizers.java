package dev.hubferry.fakes.kubernetes.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import java.util.List;

/** Adds and removes finalizers of an object that the caller owns. */
final class Finalizers {

    private Finalizers() {}

    static boolean has(ObjectNode object, String finalizer) {
        return of(object).contains(finalizer);
    }

    static ObjectNode add(ObjectNode object, String finalizer) {
        if (!has(object, finalizer)) {
            Json.ensureArray(Json.ensureObject(object, "metadata"), "finalizers")
                    .add(finalizer);
        }
        return object;
    }

    static ObjectNode remove(ObjectNode object, String finalizer) {
        ArrayNode kept = Json.array();
        of(object).stream().filter(other -> !other.equals(finalizer)).forEach(kept::add);
        ObjectNode metadata = Json.ensureObject(object, "metadata");
        if (kept.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            metadata.set("finalizers", kept);
        }
        return object;
    }

    private static List<String> of(ObjectNode object) {
        return Json.texts(Json.at(object, "metadata", "finalizers"));
    }
}
