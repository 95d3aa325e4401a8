package dev.hubferry.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The orchestrator's REST API. */
final class Api {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String MIGRATIONS = "/api/v1/migrations";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;
    private final Tokens tokens;

    Api(URI url, Tokens tokens) {
        this.url = url;
        this.tokens = tokens;
    }

    /** Requests a move of the hub. */
    void request(String hub) {
        require(201, post(MIGRATIONS, HubSpec.of(hub)), "the request for " + hub);
    }

    /** Approves a gate that waits. */
    void approve(String migration, String gate) {
        String path = MIGRATIONS + "/" + migration + "/approvals/" + gate;
        require(200, post(path, "{\"approved\": true, \"comment\": \"the bench\"}"), "the approval of " + gate);
    }

    private HttpResponse<String> post(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + tokens.token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("the orchestrator does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the orchestrator", e);
        }
    }

    private static void require(int expected, HttpResponse<String> answer, String what) {
        if (answer.statusCode() != expected) {
            throw new IllegalStateException(what + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }
}
