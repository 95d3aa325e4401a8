package dev.hubferry.orchestrator.api;

import dev.hubferry.testbed.Await;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads a migration's Server-Sent Events. */
final class EventsClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean ended;
    private volatile int status;

    /** @param id empty when it has none */
    record Event(String id, String name, String data) {}

    EventsClient(String migration, long lastEventId) {
        this(migration, lastEventId, OrchestratorResource.VIEWER);
    }

    EventsClient(String migration, long lastEventId, String token) {
        this.thread = Thread.ofVirtual().start(() -> run(migration, lastEventId, token));
    }

    /** Names of all events of a migration that has ended, in order. */
    static List<String> history(String migration) {
        try (EventsClient client = new EventsClient(migration, 0)) {
            Await.until("the end of the history of " + migration, LIMIT, client::hasEnded);
            return client.names();
        }
    }

    List<Event> events() {
        return events;
    }

    List<String> names() {
        return events.stream().map(Event::name).toList();
    }

    boolean hasEnded() {
        return ended;
    }

    int status() {
        return status;
    }

    @Override
    public void close() {
        thread.interrupt();
        http.shutdownNow();
    }

    private void run(String migration, long lastEventId, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + RestAssured.port + Client.MIGRATIONS + "/" + migration + "/events"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream");
        if (lastEventId > 0) {
            request.header("Last-Event-ID", Long.toString(lastEventId));
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            status = response.statusCode();
            parse(response.body());
            ended = true;
        } catch (IOException | UncheckedIOException e) {
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void parse(InputStream body) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty()) {
                    lines.add(line);
                    continue;
                }
                Event event = new Event(field(lines, "id"), field(lines, "event"), field(lines, "data"));
                if (!event.data().isEmpty()) {
                    events.add(event);
                }
                lines.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
