package dev.hubferry.fakes.kubernetes.http;

import dev.hubferry.fakes.kubernetes.access.AccessRequest;
import dev.hubferry.fakes.kubernetes.access.FakeUser;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.store.FieldSelector;
import dev.hubferry.fakes.kubernetes.store.LabelSelector;
import dev.hubferry.fakes.kubernetes.store.Selection;
import java.util.List;
import java.util.Map;

/**
 * A request for a resource, by somebody known.
 *
 * @param verb as access rules name it: get, list, watch, create, update, patch, delete, deletecollection
 * @param query first value of each parameter
 * @param commands every value of the parameter {@code command} of an exec
 */
public record ApiRequest(
        FakeUser user,
        String verb,
        ApiTarget target,
        ResourceType type,
        Map<String, String> query,
        List<String> commands) {

    public ObjectKey key() {
        return new ObjectKey(type.namespaced() ? target.namespace() : "", target.name());
    }

    public Selection selection() {
        return new Selection(
                type,
                type.namespaced() ? target.namespace() : "",
                LabelSelector.parse(parameter("labelSelector")),
                FieldSelector.parse(type, parameter("fieldSelector")));
    }

    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    public boolean flag(String name) {
        return List.of("true", "1").contains(parameter(name));
    }

    /** A whole number; the other value when the parameter is absent. */
    public long number(String name, long otherwise) {
        try {
            return parameter(name).isEmpty() ? otherwise : Long.parseLong(parameter(name));
        } catch (NumberFormatException e) {
            throw ApiFailure.badRequest("invalid %s: %s".formatted(name, parameter(name)));
        }
    }

    public boolean dryRun() {
        return "All".equals(parameter("dryRun"));
    }

    public AccessRequest access() {
        return new AccessRequest(
                verb, target.group(), target.resource(), target.subresource(), target.namespace(), target.name());
    }
}
