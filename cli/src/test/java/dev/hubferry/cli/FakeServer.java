package dev.hubferry.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Answers a path with what a test gives, in turn, the last of it for ever, and remembers what it was asked. */
final class FakeServer implements AutoCloseable {
    static final String PROBLEM = "application/problem+json";

    private final HttpServer http;
    private final Map<String, Deque<Answering>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** One answer; closing the exchange without one loses the connection. */
    interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** @param path with its query */
    record Asked(
            String method,
            String path,
            String body,
            Optional<String> key,
            Optional<String> type,
            Optional<String> token,
            Optional<String> lastEvent) {}

    private FakeServer(HttpServer http) {
        this.http = http;
    }

    static FakeServer start() throws IOException {
        FakeServer server =
                new FakeServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        server.http.createContext("/", server::handle);
        server.http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.http.start();
        return server;
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** @param call such as {@code GET migrations/m-1}, without its query */
    FakeServer on(String call, Answering... inTurn) {
        answers.put(call, new ArrayDeque<>(List.of(inTurn)));
        return this;
    }

    FakeServer on(String call, int status, String json) {
        return on(call, json(status, json));
    }

    List<Asked> asked(String call) {
        String[] words = call.split(" ", 2);
        return asked.stream()
                .filter(one ->
                        one.method().equals(words[0]) && pathOnly(one.path()).equals(words[1]))
                .toList();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    static Answering json(int status, String json) {
        return exchange -> send(exchange, status, status < 400 ? "application/json" : PROBLEM, json);
    }

    static Answering json(int status, String json, String header, String value) {
        return exchange -> {
            exchange.getResponseHeaders().add(header, value);
            send(exchange, status, status < 400 ? "application/json" : PROBLEM, json);
        };
    }

    /** Reads the request and is gone, as a server that is killed. */
    static Answering lost() {
        return HttpExchange::close;
    }

    /** Each string is sent at once; then the stream ends as the server ends it. */
    static Answering events(String... parts) {
        return exchange -> {
            stream(exchange, parts);
            exchange.close();
        };
    }

    private static void stream(HttpExchange exchange, String... parts) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (String part : parts) {
            out.write(part.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString().replaceFirst("^/api/v1/", "");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(
                exchange.getRequestMethod(),
                path,
                body,
                header(exchange, "Idempotency-Key"),
                header(exchange, "Content-Type"),
                header(exchange, "Authorization"),
                header(exchange, "Last-Event-ID")));
        next(exchange.getRequestMethod() + " " + pathOnly(path)).answer(exchange);
    }

    private Answering next(String call) {
        Deque<Answering> left = answers.getOrDefault(call, new ArrayDeque<>());
        synchronized (left) {
            if (left.isEmpty()) {
                return json(404, problem("not-found", 404, "there is nothing under this path", "look elsewhere"));
            }
            return left.size() == 1 ? left.getFirst() : left.removeFirst();
        }
    }

    static String problem(String name, int status, String detail, String remedy) {
        return "{\"type\":\"urn:hubferry:problem:%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"remedy\":\"%s\"}"
                .formatted(name, name, status, detail, remedy);
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static String pathOnly(String path) {
        return path.replaceFirst("\\?.*", "");
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Paths that were asked, in order. */
    List<String> calls() {
        List<String> calls = new ArrayList<>();
        asked.forEach(one -> calls.add(one.method() + " " + one.path()));
        return calls;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
