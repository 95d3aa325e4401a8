package dev.hubferry.fakes.kubernetes.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import dev.hubferry.fakes.kubernetes.store.Selection;
import java.util.List;

/** Reads and writes who owns what. */
final class Owners {

    private Owners() {}

    static String uid(JsonNode object) {
        return Json.text(object, "metadata", "uid");
    }

    static boolean isOwnedBy(JsonNode object, String ownerUid) {
        return Json.objects(Json.at(object, "metadata", "ownerReferences")).stream()
                .anyMatch(owner -> Json.text(owner, "uid").equals(ownerUid));
    }

    static List<ObjectNode> ownedBy(ObjectStore store, ResourceType type, ObjectNode owner) {
        return store.list(Selection.all(type, Json.text(owner, "metadata", "namespace"))).stream()
                .filter(object -> isOwnedBy(object, uid(owner)))
                .toList();
    }

    static void setController(ObjectNode object, ObjectNode owner) {
        Json.ensureObject(object, "metadata")
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", Json.text(owner, "apiVersion"))
                .put("kind", Json.text(owner, "kind"))
                .put("name", Json.text(owner, "metadata", "name"))
                .put("uid", uid(owner))
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }

    static boolean isDeleting(JsonNode object) {
        return Json.has(object, "metadata", "deletionTimestamp");
    }
}
