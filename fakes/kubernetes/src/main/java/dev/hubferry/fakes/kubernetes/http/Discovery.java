package dev.hubferry.fakes.kubernetes.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import java.util.List;
import java.util.Set;

/** Says what this server is and which kinds it serves. */
final class Discovery {

    private static final String MINOR = "35";
    private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");
    private static final String REVIEWS = "authorization.k8s.io";

    private Discovery() {}

    /** Paths that even a client without a token may read. */
    static boolean isPublic(String path) {
        return HEALTH.contains(path) || "/version".equals(path);
    }

    static Reply serve(String path) {
        if (HEALTH.contains(path)) {
            return Reply.ok(Json.object().textNode("ok"));
        }
        return Reply.ok(
                switch (path.replaceAll("/+$", "")) {
                    case "/version" -> version();
                    case "/api" -> coreVersions();
                    case "/apis" -> groups();
                    case "/api/v1" -> resources("");
                    case "/apis/apps/v1" -> resources("apps");
                    case "/apis/apps" -> group("apps");
                    case "/apis/" + REVIEWS + "/v1" -> reviews();
                    default -> throw ApiFailure.noSuchPath();
                });
    }

    private static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", MINOR)
                .put("gitVersion", "v1." + MINOR + ".0+hubferry-fake")
                .put("platform", "linux/amd64");
    }

    private static ObjectNode coreVersions() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        return versions;
    }

    private static ObjectNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        List.of("apps", REVIEWS).forEach(name -> groups.add(group(name)));
        return list;
    }

    private static ObjectNode group(String name) {
        ObjectNode version = Json.object().put("groupVersion", name + "/v1").put("version", "v1");
        ObjectNode group =
                Json.object().put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
        group.putArray("versions").add(version);
        group.set("preferredVersion", version.deepCopy());
        return group;
    }

    private static ObjectNode resources(String groupName) {
        ObjectNode list = resourceList(groupName.isEmpty() ? "v1" : groupName + "/v1");
        ArrayNode resources = Json.ensureArray(list, "resources");
        for (ResourceType type : ResourceTypes.all()) {
            if (type.group().equals(groupName)) {
                describe(resources, type, "", "create,delete,deletecollection,get,list,patch,update,watch");
                if (type.shape().hasStatus()) {
                    describe(resources, type, "/status", "get,patch,update");
                }
                if (type.shape().hasScale()) {
                    describe(resources, type, "/scale", "get,patch,update");
                }
            }
        }
        if (groupName.isEmpty()) {
            describe(resources, ResourceTypes.PODS, "/exec", "create,get");
            describe(resources, ResourceTypes.PODS, "/portforward", "create,get");
            describe(resources, ResourceTypes.PODS, "/log", "get");
        }
        return list;
    }

    private static ObjectNode reviews() {
        ObjectNode list = resourceList(REVIEWS + "/v1");
        ObjectNode review = Json.ensureArray(list, "resources").addObject();
        review.put("name", "selfsubjectaccessreviews")
                .put("singularName", "selfsubjectaccessreview")
                .put("namespaced", false)
                .put("kind", "SelfSubjectAccessReview")
                .putArray("verbs")
                .add("create");
        return list;
    }

    private static ObjectNode resourceList(String groupVersion) {
        return Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", groupVersion);
    }

    private static void describe(ArrayNode resources, ResourceType type, String subresource, String verbs) {
        ObjectNode resource = resources
                .addObject()
                .put("name", type.plural() + subresource)
                .put("singularName", subresource.isEmpty() ? type.singular() : "")
                .put("namespaced", type.namespaced())
                .put("kind", "/scale".equals(subresource) ? "Scale" : type.kind());
        ArrayNode list = resource.putArray("verbs");
        List.of(verbs.split(",", -1)).forEach(list::add);
        if (subresource.isEmpty()) {
            ArrayNode shortNames = resource.putArray("shortNames");
            type.shortNames().forEach(shortNames::add);
        }
    }
}
