package dev.hubferry.fakes.kubernetes;

import static org.awaitility.Awaitility.await;

import dev.hubferry.fakes.kubernetes.access.FakeUser;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;

/** A running fake with a client that does not retry, so that a test sees each answer. */
final class TestCluster implements AutoCloseable {

    static final String NAMESPACE = "hub";

    private final FakeKubernetes fake;
    private final KubernetesClient client;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String token;

    TestCluster(FakeKubernetesConfig config) {
        this.fake = FakeKubernetes.start(config);
        FakeUser user = config.users().getFirst();
        this.token = user.token();
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.fromKubeconfig(fake.kubeconfig()))
                        .withNamespace(NAMESPACE)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        fake.world().ensureNamespace(NAMESPACE);
    }

    FakeKubernetes fake() {
        return fake;
    }

    World world() {
        return fake.world();
    }

    KubernetesClient client() {
        return client;
    }

    /** A plain request with the first user's token. */
    HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(method, path, body, "Bearer " + token);
    }

    HttpResponse<String> send(String method, String path, String body, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(fake.url() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static void eventually(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    @Override
    public void close() {
        client.close();
        fake.close();
    }
}
