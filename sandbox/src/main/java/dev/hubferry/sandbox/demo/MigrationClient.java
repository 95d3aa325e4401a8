package dev.hubferry.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** What a team's own script would do: talks to the orchestrator by REST and knows nothing else of it. */
public final class MigrationClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PLAN_TIMEOUT = Duration.ofMinutes(2);

    private volatile HttpClient http = newHttp();
    private final URI api;
    private final String token;

    /**
     * @param server such as {@code http://127.0.0.1:8080}
     * @param token of somebody who is operator and approver
     */
    public MigrationClient(URI server, String token) {
        this.api = server.resolve("/api/v1/");
        this.token = token;
    }

    private static HttpClient newHttp() {
        return HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    }

    /** Uses no connection any more that was opened before: the server was started anew. */
    void connectAnew() {
        http = newHttp();
    }

    /** Posts the spec and returns the new migration's id. */
    public String request(JsonNode spec, String idempotencyKey) throws IOException, InterruptedException {
        return send("POST", "migrations", spec, Map.of("Idempotency-Key", idempotencyKey))
                .path("id")
                .asText();
    }

    /** What a migration by this spec would do, as far as that is known when the server does not want to wait any longer. */
    public JsonNode plan(JsonNode spec) throws IOException, InterruptedException {
        return send(request("migrations?dryRun=true")
                .timeout(PLAN_TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(spec)))
                .build());
    }

    /** A plan that was asked for before. */
    public JsonNode plan(String id) throws IOException, InterruptedException {
        return get("plans/" + id);
    }

    /** The migration as it stands. */
    public JsonNode migration(String id) throws IOException, InterruptedException {
        return get("migrations/" + id);
    }

    /** Every row of the saga as it stands, from top to bottom. */
    public JsonNode steps(String id) throws IOException, InterruptedException {
        return get("migrations/" + id + "/steps");
    }

    /** What was done, moved and verified. */
    public JsonNode report(String id) throws IOException, InterruptedException {
        return get("migrations/" + id + "/report");
    }

    /** Answers a gate. */
    public void answer(String id, String gate, boolean approved, String comment)
            throws IOException, InterruptedException {
        JsonNode body = JSON.createObjectNode().put("approved", approved).put("comment", comment);
        send("POST", "migrations/" + id + "/approvals/" + gate, body, Map.of());
    }

    /** Asks for the migration to be taken back. */
    public void abort(String id, String reason) throws IOException, InterruptedException {
        send("POST", "migrations/" + id + "/abort", JSON.createObjectNode().put("reason", reason), Map.of());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    private JsonNode send(String method, String path, JsonNode body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
        headers.forEach(request::header);
        return send(request.build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, application/problem+json");
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            throw new RefusedException(request, response);
        }
        return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    }

    /** The orchestrator said no; the message has its reasons. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;
        private final int status;

        RefusedException(HttpRequest request, HttpResponse<String> response) {
            super("%s %s was answered with %d: %s"
                    .formatted(request.method(), request.uri().getPath(), response.statusCode(), response.body()));
            this.status = response.statusCode();
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }
}
