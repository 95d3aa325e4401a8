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
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs in hub pods what answers as a hub's API: its version for all, its 450 users in pages for one token. */
final class HubRuntime implements PodRuntime {
    static final int USERS = 450;
    /** The base URL of a hub whose answers stop after their headers. */
    static final String STALLING = "/stalling/";

    private static final int PAGE = 200;
    private static final String PAGES = "application/jupyterhub-pagination+json";
    private static final Instant FIRST_ACTIVITY = Instant.parse("2026-11-26T12:00:00.123456Z");

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
        boolean pages = PAGES.equals(exchange.getRequestHeaders().getFirst("Accept"));
        int offset = number(exchange, "offset", 0);
        int limit = Math.min(PAGE, number(exchange, "limit", pages ? 50 : PAGE));
        int end = Math.min(USERS, offset + limit);
        String items =
                IntStream.range(offset, end).mapToObj(HubRuntime::user).collect(Collectors.joining(",", "[", "]"));
        String next = end == USERS ? "null" : "{\"offset\": " + end + ", \"limit\": " + limit + "}";
        // Who does not ask for pages gets the first, and no word of others.
        String page = "{\"items\": " + items + ", \"_pagination\": {\"offset\": " + offset + ", \"limit\": " + limit
                + ", \"total\": " + USERS + ", \"next\": " + next + "}}";
        answer(exchange, 200, pages ? page : items);
    }

    private static int number(HttpExchange exchange, String name, int otherwise) {
        Matcher found = Pattern.compile("(?:^|&)" + name + "=(\\d+)")
                .matcher(exchange.getRequestURI().getQuery());
        return found.find() ? Integer.parseInt(found.group(1)) : otherwise;
    }

    /** The later in the list, the more active; every tenth never was. */
    private static String user(int i) {
        String last = i % 10 == 0 ? "null" : "\"" + FIRST_ACTIVITY.plusSeconds(i) + "\"";
        return "{\"kind\": \"user\", \"name\": \"user" + i + "\", \"last_activity\": " + last + "}";
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
