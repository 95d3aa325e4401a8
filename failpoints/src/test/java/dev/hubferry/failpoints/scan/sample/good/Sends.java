package dev.hubferry.failpoints.scan.sample.good;

import dev.hubferry.contracts.Failpoint;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Supplier;

final class Sends {
    private final HttpClient client = HttpClient.newHttpClient();

    @Failpoint("sample.direct")
    int direct(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Failpoint("sample.lambda")
    Supplier<Object> lambda(HttpRequest request) {
        return () -> client.sendAsync(request, BodyHandlers.discarding());
    }

    @Failpoint("sample.helped")
    Object helped(HttpRequest request) {
        return help(request);
    }

    private Object help(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.discarding());
    }

    Object reads(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.discarding());
    }
}
