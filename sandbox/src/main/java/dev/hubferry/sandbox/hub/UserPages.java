package dev.hubferry.sandbox.hub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The list of users as JupyterHub answers it: pages for those who ask for pages, else silently no more than 200. */
final class UserPages {
    private static final String PAGES = "application/jupyterhub-pagination+json";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAXIMUM = 200;

    private final HubStore store;

    UserPages(HubStore store) {
        this.store = store;
    }

    void list(HttpExchange exchange) throws IOException, SQLException {
        String accept = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
                .orElse("");
        boolean pages = accept.contains(PAGES);
        int offset = number(exchange, "offset", 0);
        int limit = Math.min(MAXIMUM, number(exchange, "limit", pages ? DEFAULT_LIMIT : MAXIMUM));
        List<HubStore.User> users = store.users(offset, limit);
        ArrayNode items = Json.MAPPER.createArrayNode();
        users.forEach(user -> items.add(model(user)));
        if (pages) {
            ObjectNode page = Json.object();
            page.set("items", items);
            page.set("_pagination", pagination(offset, limit, users.size()));
            Json.send(exchange, 200, page);
        } else {
            Json.send(exchange, 200, items);
        }
    }

    private ObjectNode pagination(int offset, int limit, int found) throws SQLException {
        int total = store.count();
        ObjectNode pagination =
                Json.object().put("offset", offset).put("limit", limit).put("total", total);
        int next = offset + found;
        if (next < total && found > 0) {
            pagination
                    .putObject("next")
                    .put("offset", next)
                    .put("limit", limit)
                    .put("url", "/hub/api/users?offset=%d&limit=%d".formatted(next, limit));
        } else {
            pagination.putNull("next");
        }
        return pagination;
    }

    static ObjectNode model(HubStore.User user) {
        ObjectNode model = Json.object()
                .put("kind", "user")
                .put("name", user.name())
                .put("admin", user.admin())
                .put("created", time(user.created()))
                .put("last_activity", time(user.lastActivity()))
                .putNull("server")
                .putNull("pending");
        model.putObject("servers");
        return model;
    }

    /** In JupyterHub's form, UTC with a Z; null when there is none. */
    private static @Nullable String time(String ofSqlite) {
        return ofSqlite.isEmpty() ? null : ofSqlite.replace(' ', 'T') + "Z";
    }

    private static int number(HttpExchange exchange, String name, int otherwise) {
        try {
            return HubStandIn.parameter(exchange, name)
                    .map(Integer::parseInt)
                    .filter(value -> value >= 0)
                    .orElse(otherwise);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
