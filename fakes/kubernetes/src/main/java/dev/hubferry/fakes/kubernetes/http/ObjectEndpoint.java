package dev.hubferry.fakes.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.ApiFailure.Cause;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.patch.PatchFormat;
import dev.hubferry.fakes.kubernetes.registry.DeleteOptions;
import dev.hubferry.fakes.kubernetes.registry.Deletion;
import dev.hubferry.fakes.kubernetes.registry.Deletion.Outcome;
import dev.hubferry.fakes.kubernetes.registry.Registry;
import dev.hubferry.fakes.kubernetes.registry.Registry.Part;
import dev.hubferry.fakes.kubernetes.registry.Scales;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads and writes single objects and their {@code /status} and {@code /scale}. */
final class ObjectEndpoint {

    private final ObjectStore store;
    private final Registry registry;
    private final Deletion deletion;

    ObjectEndpoint(ObjectStore store, Registry registry, Deletion deletion) {
        this.store = store;
        this.registry = registry;
        this.deletion = deletion;
    }

    Reply get(ApiRequest request) {
        ObjectNode object = store.get(request.type(), request.key());
        return Reply.ok(view(request).equals(View.SCALE) ? Scales.of(object) : object);
    }

    Reply create(ApiRequest request, byte[] body) {
        if (!request.target().subresource().isEmpty()) {
            throw ApiFailure.methodNotAllowed();
        }
        ObjectNode object = parseObject(body);
        return Reply.created(registry.create(request.type(), request.key().namespace(), object, request.dryRun()));
    }

    Reply replace(ApiRequest request, byte[] body) {
        ObjectNode incoming = parseObject(body);
        return switch (view(request)) {
            case MAIN -> Reply.ok(write(request, Part.MAIN, current -> incoming));
            case STATUS -> Reply.ok(write(request, Part.STATUS, current -> incoming));
            case SCALE -> Reply.ok(Scales.of(write(request, Part.MAIN, current -> Scales.into(current, incoming))));
        };
    }

    Reply patch(ApiRequest request, byte[] body, String contentType) {
        PatchFormat format = PatchFormat.ofContentType(contentType);
        JsonNode patch = format.parse(body);
        if (format == PatchFormat.APPLY) {
            requireFieldManager(request);
            if (store.find(request.type(), request.key()).isEmpty() && patch instanceof ObjectNode object) {
                return applyNew(request, object);
            }
        }
        return switch (view(request)) {
            case MAIN -> Reply.ok(write(request, Part.MAIN, current -> format.apply(current, patch)));
            case STATUS -> Reply.ok(write(request, Part.STATUS, current -> format.apply(current, patch)));
            case SCALE ->
                Reply.ok(Scales.of(write(
                        request,
                        Part.MAIN,
                        current -> Scales.into(
                                current, format.apply(Scales.of(current).deepCopy(), patch)))));
        };
    }

    Reply delete(ApiRequest request, byte[] body) {
        if (!request.target().subresource().isEmpty()) {
            throw ApiFailure.methodNotAllowed();
        }
        DeleteOptions options = deleteOptions(request, body);
        return Reply.ok(
                switch (deletion.delete(request.type(), request.key(), options)) {
                    case Outcome.Pending pending -> pending.object();
                    case Outcome.Gone gone -> success(request.type(), gone.last());
                });
    }

    Reply deleteCollection(ApiRequest request, byte[] body) {
        DeleteOptions options = deleteOptions(request, body);
        List<ObjectNode> chosen = store.list(request.selection());
        chosen.forEach(object -> deletion.delete(request.type(), ObjectKey.of(object), options));
        ObjectNode list = Json.object()
                .put("kind", request.type().kind() + "List")
                .put("apiVersion", request.type().apiVersion());
        list.putObject("metadata").put("resourceVersion", Long.toString(store.revision()));
        ArrayNode items = list.putArray("items");
        chosen.forEach(items::add);
        return Reply.ok(list);
    }

    private enum View {
        MAIN,
        STATUS,
        SCALE
    }

    private static View view(ApiRequest request) {
        ResourceType.Shape shape = request.type().shape();
        String subresource = request.target().subresource();
        if (subresource.isEmpty()) {
            return View.MAIN;
        }
        if ("status".equals(subresource) && shape.hasStatus()) {
            return View.STATUS;
        }
        if ("scale".equals(subresource) && shape.hasScale()) {
            return View.SCALE;
        }
        throw ApiFailure.noSuchPath();
    }

    private ObjectNode write(ApiRequest request, Part part, UnaryOperator<ObjectNode> change) {
        return registry.update(request.type(), request.key(), part, request.dryRun(), change);
    }

    private Reply applyNew(ApiRequest request, ObjectNode object) {
        Json.ensureObject(object, "metadata").put("name", request.key().name());
        return Reply.created(registry.create(request.type(), request.key().namespace(), object, request.dryRun()));
    }

    private static void requireFieldManager(ApiRequest request) {
        if (request.parameter("fieldManager").isEmpty()) {
            throw ApiFailure.invalid(
                    request.type(),
                    request.key().name(),
                    List.of(Cause.required("fieldManager", "is required for apply patch")));
        }
    }

    private static ObjectNode parseObject(byte[] body) {
        try {
            return Json.parse(new String(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw ApiFailure.badRequest("the object provided is unrecognized: " + e.getMessage());
        }
    }

    private static DeleteOptions deleteOptions(ApiRequest request, byte[] body) {
        return DeleteOptions.parse(body.length == 0 ? Json.object() : parseObject(body), request.query());
    }

    private static ObjectNode success(ResourceType type, ObjectNode last) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success")
                .putObject("details")
                .put("name", Json.text(last, "metadata", "name"))
                .put("group", type.group())
                .put("kind", type.plural())
                .put("uid", Json.text(last, "metadata", "uid"));
        return status;
    }
}
