package dev.hubferry.fakes.namecheap;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Posts forms to the API as a script would. */
final class ApiClient {

    private final URI url;
    private final HttpClient http = HttpClient.newHttpClient();

    ApiClient(URI url) {
        this.url = url;
    }

    /** Posts a command with the account's usual parameters; {@code namesAndValues} override and add. */
    HttpResponse<String> post(String command, String... namesAndValues) throws IOException {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "ApiUser", "ferry",
                "ApiKey", "not-a-real-key",
                "UserName", "ferry",
                "ClientIp", "127.0.0.1",
                "Command", command,
                "SLD", "example",
                "TLD", "org"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return send(HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encode(form)))
                .build());
    }

    HttpResponse<String> get() throws IOException {
        return send(HttpRequest.newBuilder(url).GET().build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(pair -> encode(pair.getKey()) + "=" + encode(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
