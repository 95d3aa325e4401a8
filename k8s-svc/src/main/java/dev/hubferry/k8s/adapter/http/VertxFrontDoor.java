package dev.hubferry.k8s.adapter.http;

import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.k8s.domain.cluster.FrontDoor;
import dev.hubferry.k8s.domain.cluster.IngressPlace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Connects to an address and asks for a name there: Vert.x can tell the two apart, in the Host header and in TLS (SNI). */
public final class VertxFrontDoor implements FrontDoor {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int BODY = 4096;

    private final Vertx vertx;

    public VertxFrontDoor(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Answer get(IngressPlace place, IngressAddress address, String host, String path) {
        HttpClient client = vertx.createHttpClient(options(place));
        try {
            return client.request(request(place, address, host, path))
                    .compose(request ->
                            request.authority(HostAndPort.authority(host, -1)).send())
                    .compose(VertxFrontDoor::answer)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            return new Answer.Nothing(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        } catch (TimeoutException e) {
            return new Answer.Nothing("no answer within " + TIMEOUT.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Nothing("interrupted");
        } finally {
            var unused = client.close();
        }
    }

    private static HttpClientOptions options(IngressPlace place) {
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout((int) TIMEOUT.toMillis())
                .setForceSni(true);
        place.trust().ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        return options;
    }

    private static RequestOptions request(IngressPlace place, IngressAddress address, String host, String path) {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(place.port(), address.value()))
                .setHost(host)
                .setPort(place.port())
                .setSsl(place.scheme().equals("https"))
                .setURI(path)
                .setTimeout(TIMEOUT.toMillis());
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        return response.body().map(body -> new Answer.Status(response.statusCode(), beginning(body)));
    }

    private static String beginning(Buffer body) {
        return body.getBuffer(0, Math.min(BODY, body.length())).toString(StandardCharsets.UTF_8);
    }
}
