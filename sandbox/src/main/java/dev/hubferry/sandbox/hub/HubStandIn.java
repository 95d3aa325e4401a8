package dev.hubferry.sandbox.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What runs in a hub pod: a JupyterHub as far as a move can see it, on the pod's real database file.
 *
 * <pre>
 *   GET /hub/api/             version, for everybody
 *   GET /hub/api/users[/N]    for tokens of services; pages as JupyterHub does
 *   GET /hub/health           for everybody
 *   GET /hub/login?user=N     signs the cookie of a user who exists, and writes last_activity
 *   GET /hub/whoami           the user of the cookie
 * </pre>
 */
final class HubStandIn implements AutoCloseable {
    static final String COOKIE = "jupyterhub-hub-login";

    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HubStore store;
    private final HubKeys keys;
    private final UserPages users;
    private final String version;

    HubStandIn(String address, HubStore store, HubKeys keys, String version) throws IOException {
        this.store = store;
        this.keys = keys;
        this.users = new UserPages(store);
        this.version = version;
        this.server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(workers);
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    URI uri() {
        return URI.create("http://%s:%d"
                .formatted(address().getAddress().getHostAddress(), address().getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            route(exchange);
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try {
            if (path.startsWith("/hub/api/users")) {
                answerUsers(exchange, path);
            } else {
                answerPublic(exchange, path);
            }
        } catch (SQLException e) {
            Json.send(exchange, 500, Json.object().put("message", "database: " + e.getMessage()));
        }
    }

    private void answerPublic(HttpExchange exchange, String path) throws IOException, SQLException {
        switch (path) {
            case "/hub/api", "/hub/api/" ->
                Json.send(exchange, 200, Json.object().put("version", version));
            case "/hub/health" -> Json.send(exchange, 200, Json.object().put("users", store.count()));
            case "/hub/login" -> login(exchange);
            case "/hub/whoami" -> whoAmI(exchange);
            default -> notFound(exchange);
        }
    }

    private void answerUsers(HttpExchange exchange, String path) throws IOException, SQLException {
        if (!isAllowed(exchange)) {
            Json.send(
                    exchange, 403, Json.object().put("status", 403).put("message", "Missing or invalid credentials."));
        } else if (path.equals("/hub/api/users")) {
            users.list(exchange);
        } else {
            Optional<HubStore.User> user = store.user(path.substring("/hub/api/users/".length()));
            if (user.isPresent()) {
                Json.send(exchange, 200, UserPages.model(user.get()));
            } else {
                notFound(exchange);
            }
        }
    }

    private boolean isAllowed(HttpExchange exchange) {
        String header = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        return keys.isServiceToken(header.replaceFirst("(?i)^(token|bearer)\\s+", ""));
    }

    private void login(HttpExchange exchange) throws IOException, SQLException {
        Optional<HubStore.User> user = store.user(parameter(exchange, "user").orElse(""));
        if (user.isEmpty()) {
            Json.send(exchange, 403, Json.object().put("message", "no such user"));
            return;
        }
        store.noteActivity(user.get().name());
        exchange.getResponseHeaders().set("Set-Cookie", COOKIE + "=" + keys.cookie(user.get()) + "; Path=/; HttpOnly");
        Json.send(exchange, 200, Json.object().put("user", user.get().name()));
    }

    private void whoAmI(HttpExchange exchange) throws IOException, SQLException {
        Optional<String> cookie = cookie(exchange);
        Optional<String> name = cookie.flatMap(HubKeys::nameIn);
        Optional<HubStore.User> user = name.isPresent() ? store.user(name.get()) : Optional.empty();
        if (user.filter(found -> cookie.filter(keys.cookie(found)::equals).isPresent())
                .isPresent()) {
            Json.send(exchange, 200, Json.object().put("user", user.get().name()));
        } else {
            Json.send(exchange, 403, Json.object().put("message", "not logged in"));
        }
    }

    private static Optional<String> cookie(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Cookie")).stream()
                .flatMap(header -> Arrays.stream(header.split(";\\s*", -1)))
                .filter(pair -> pair.startsWith(COOKIE + "="))
                .map(pair -> pair.substring(COOKIE.length() + 1))
                .findFirst();
    }

    static Optional<String> parameter(HttpExchange exchange, String name) {
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst();
    }

    private static void notFound(HttpExchange exchange) throws IOException {
        Json.send(exchange, 404, Json.object().put("status", 404).put("message", "Not Found"));
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
        try {
            store.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the hub cannot close its database", e);
        }
    }
}
