package dev.hubferry.sandbox.hub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Passes requests on to a hub. */
final class Upstream implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final List<String> PASSED = List.of("Accept", "Authorization", "Cookie");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    /** Answers with what the hub answers; 502 when it does not. */
    void pass(HttpExchange exchange, URI hub) throws IOException {
        try {
            HttpResponse<byte[]> answer =
                    ask(exchange, hub.resolve(exchange.getRequestURI().toString()));
            answer.headers()
                    .firstValue("Set-Cookie")
                    .ifPresent(cookie -> exchange.getResponseHeaders().set("Set-Cookie", cookie));
            String type = answer.headers().firstValue("Content-Type").orElse("application/octet-stream");
            Json.send(exchange, answer.statusCode(), type, answer.body());
        } catch (IOException e) {
            Json.send(exchange, 502, Json.object().put("message", "the hub does not answer"));
        }
    }

    /** Who the hub says the sender's cookie belongs to. */
    Optional<String> user(HttpExchange exchange, URI hub) {
        try {
            HttpResponse<byte[]> answer = ask(exchange, hub.resolve("/hub/whoami"));
            return answer.statusCode() == 200
                    ? Optional.of(
                            Json.MAPPER.readTree(answer.body()).path("user").asText())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange, URI target) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(LIMIT).GET();
        for (String name : PASSED) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                    .ifPresent(value -> request.header(name, value));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
