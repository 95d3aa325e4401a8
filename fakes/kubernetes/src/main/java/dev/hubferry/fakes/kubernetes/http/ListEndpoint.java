package dev.hubferry.fakes.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import dev.hubferry.fakes.kubernetes.store.Selection;
import java.util.Base64;
import java.util.List;

/** Lists in pages; every page of one list shows the state of its first page. */
final class ListEndpoint {

    private final ObjectStore store;

    ListEndpoint(ObjectStore store) {
        this.store = store;
    }

    /** Where the next page begins: after a key, in the state of a revision. */
    private record Position(long revision, ObjectKey after) {

        String toToken() {
            ObjectNode token = Json.object()
                    .put("rv", revision)
                    .put("namespace", after.namespace())
                    .put("name", after.name());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(token));
        }

        static Position parse(String token) {
            try {
                JsonNode parsed = Json.parseJson(Base64.getUrlDecoder().decode(token));
                return new Position(
                        parsed.path("rv").asLong(),
                        new ObjectKey(Json.text(parsed, "namespace"), Json.text(parsed, "name")));
            } catch (IllegalArgumentException e) {
                throw ApiFailure.badRequest("continue key is not valid: " + e.getMessage());
            }
        }
    }

    Reply list(ApiRequest request) {
        return store.atomically(() -> {
            Selection selection = request.selection();
            String token = request.parameter("continue");
            if (token.isEmpty()) {
                return page(request, store.revision(), store.list(selection));
            }
            Position position = Position.parse(token);
            List<ObjectNode> rest = store.listAt(selection, position.revision()).stream()
                    .filter(object -> ObjectKey.of(object).compareTo(position.after()) > 0)
                    .toList();
            return page(request, position.revision(), rest);
        });
    }

    private static Reply page(ApiRequest request, long revision, List<ObjectNode> rest) {
        long limit = request.number("limit", 0);
        int size = limit <= 0 ? rest.size() : (int) Math.min(limit, rest.size());
        ObjectNode list = Json.object()
                .put("kind", request.type().kind() + "List")
                .put("apiVersion", request.type().apiVersion());
        ObjectNode metadata = list.putObject("metadata").put("resourceVersion", Long.toString(revision));
        if (size < rest.size()) {
            metadata.put("continue", new Position(revision, ObjectKey.of(rest.get(size - 1))).toToken());
            metadata.put("remainingItemCount", rest.size() - size);
        }
        ArrayNode items = list.putArray("items");
        rest.subList(0, size).forEach(object -> items.add(asItem(object)));
        return Reply.ok(list);
    }

    /** Items of a list carry neither kind nor apiVersion, as those of a real list. */
    private static ObjectNode asItem(ObjectNode object) {
        ObjectNode item = Json.object();
        item.setAll(object);
        item.remove(List.of("kind", "apiVersion"));
        return item;
    }
}
