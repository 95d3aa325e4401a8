package dev.hubferry.failpoints.scan.sample.bad;

import dev.hubferry.contracts.Failpoint;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Supplier;

final class Sends {
    private final HttpClient client = HttpClient.newHttpClient();

    Object direct(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.discarding());
    }

    Supplier<Supplier<Object>> lambda(HttpRequest request) {
        return () -> () -> client.sendAsync(request, BodyHandlers.discarding());
    }

    @Failpoint("sample.helped")
    Object helped(HttpRequest request) {
        return help(request);
    }

    Object alsoHelped(HttpRequest request) {
        return help(request);
    }

    private Object help(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.discarding());
    }

    @Failpoint("sample.helped")
    Object sameName() {
        return client;
    }
}
