package dev.hubferry.fakes.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ResourceType;

/**
 * Which objects a list, a watch or a collection delete is about.
 *
 * @param namespace "" for every namespace
 */
public record Selection(ResourceType type, String namespace, LabelSelector labels, FieldSelector fields) {

    public static Selection all(ResourceType type, String namespace) {
        return new Selection(type, namespace, LabelSelector.EVERYTHING, FieldSelector.EVERYTHING);
    }

    public boolean matches(JsonNode object) {
        return (namespace.isEmpty() || namespace.equals(Json.text(object, "metadata", "namespace")))
                && labels.matches(object)
                && fields.matches(object);
    }
}
