package dev.hubferry.k8s.adapter.fabric8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hubferry.fakes.kubernetes.node.PodContext;
import dev.hubferry.fakes.kubernetes.node.PodHandle;
import dev.hubferry.fakes.kubernetes.node.PodRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Runs in hub pods what answers as a hub's API: its version for all, its 450 users in pages for one token. */
final class HubRuntime implements PodRuntime {
    static final int USERS = 450;
    /** The base URL of a hub whose answers stop after their headers. */
    static final String STALLING = "/stalling/";

    private static final int PAGE = 200;

    @Override
    public Optional<PodHandle> start(PodContext pod) {
        if (!pod.manifest().at("/metadata/labels/component").asText().equals("hub")) {
            return Optional.empty();
        }
        HttpServer server = serve(pod.podIp());
        pod.listen(8081, pod.podIp(), server.getAddress().getPort());
        return Optional.of(PodHandle.untilStopped(() -> server.stop(0)));
    }

    private static HttpServer serve(String address) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 0);
            server.createContext("/hub/api/", exchange -> answer(exchange, 200, "{\"version\": \"4.0.2\"}"));
            server.createContext("/hub/api/users", HubRuntime::users);
            server.createContext(STALLING + "hub/api/", HubRuntime::stall);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stall(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            Thread.sleep(Duration.ofMinutes(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void users(HttpExchange exchange) throws IOException {
        if (!"token service-token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 403, "{\"message\": \"Forbidden\"}");
            return;
        }
        int offset = Integer.parseInt(exchange.getRequestURI().getQuery().replaceFirst(".*offset=(\\d+).*", "$1"));
        int end = Math.min(USERS, offset + PAGE);
        StringBuilder items = new StringBuilder();
        for (int i = offset; i < end; i++) {
            items.append(i == offset ? "" : ",")
                    .append("{\"name\": \"user")
                    .append(i)
                    .append("\"}");
        }
        String next = end == USERS ? "null" : "{\"offset\": " + end + "}";
        answer(
                exchange,
                200,
                "{\"items\": [" + items + "], \"_pagination\": {\"total\": 450, \"next\": " + next + "}}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
