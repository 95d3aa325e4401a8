package dev.hubferry.k8s.adapter.fabric8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hubferry.k8s.domain.cluster.Access;
import dev.hubferry.k8s.domain.cluster.HubTalk;
import dev.hubferry.k8s.domain.cluster.HubUser;
import dev.hubferry.k8s.domain.cluster.Pod;
import dev.hubferry.k8s.domain.cluster.Workload;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Talks to a hub's API through a port-forward, which works while its public Service is gone. */
final class Fabric8Talk implements HubTalk {
    private static final int REASON_LOOKS = 20;
    private static final long REASON_PAUSE_NANOS = 50_000_000;
    private static final Logger LOG = Logger.getLogger(Fabric8Talk.class);
    private static final int HUB_PORT = 8081;
    private static final int PAGE = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final ApiCalls calls;
    private final HubSecrets secrets;
    private final Duration timeout;

    Fabric8Talk(KubernetesClient client, ApiCalls calls, HubSecrets secrets, Duration timeout) {
        this.client = client;
        this.calls = calls;
        this.secrets = secrets;
        this.timeout = timeout;
    }

    @Override
    public Optional<String> version(Pod hub, String baseUrl) {
        return talk(
                hub,
                http -> http.get(baseUrl + "hub/api/", Optional.empty())
                        .map(answer -> answer.path("version").asText(""))
                        .filter(version -> !version.isEmpty()));
    }

    @Override
    public Optional<List<HubUser>> users(Workload hub, Pod pod, String baseUrl) {
        return secrets.token(hub).flatMap(token -> talk(pod, http -> allUsers(http, baseUrl, token)));
    }

    @Override
    public String log(Pod pod) {
        return calls.find(
                        new Access("get", "", "pods/log", pod.namespace()),
                        () -> client.pods()
                                .inNamespace(pod.namespace())
                                .withName(pod.name())
                                .getLog())
                .orElse("");
    }

    private static Optional<List<HubUser>> allUsers(Http http, String baseUrl, String token) throws IOException {
        List<HubUser> users = new ArrayList<>();
        while (true) {
            String path = "%shub/api/users?offset=%d&limit=%d".formatted(baseUrl, users.size(), PAGE);
            Optional<JsonNode> page = http.get(path, Optional.of(token));
            if (page.isEmpty()) {
                return Optional.empty();
            }
            // Hubs before 2.0 do not know pages and answer the whole list.
            JsonNode items = page.get().isArray() ? page.get() : page.get().path("items");
            items.forEach(user -> users.add(user(user)));
            if (items.isEmpty()
                    || page.get().at("/_pagination/next").isMissingNode()
                    || page.get().at("/_pagination/next").isNull()) {
                return Optional.of(users);
            }
        }
    }

    private static HubUser user(JsonNode user) {
        return new HubUser(
                user.path("name").asText(), time(user.path("last_activity").asText("")));
    }

    /** JupyterHub writes UTC with or without saying so, by its version; a time that cannot be read is as good as none. */
    private static Optional<Instant> time(String text) {
        try {
            TemporalAccessor read =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    read instanceof OffsetDateTime time
                            ? time.toInstant()
                            : LocalDateTime.from(read).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private <T> Optional<T> talk(Pod pod, Conversation<T> conversation) {
        try (LocalPortForward forward = client.pods()
                        .inNamespace(pod.namespace())
                        .withName(pod.name())
                        .portForward(HUB_PORT, InetAddress.getLoopbackAddress(), 0);
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .build()) {
            return talk(pod, conversation, forward, new Http(http, forward.getLocalPort(), timeout));
        } catch (IOException e) {
            return unanswered(pod, e);
        }
    }

    private <T> Optional<T> talk(Pod pod, Conversation<T> conversation, LocalPortForward forward, Http http) {
        try {
            return conversation.with(http);
        } catch (IOException e) {
            // The API server refuses a port-forward only when its first byte is sent.
            Access access = new Access("get", "", "pods/portforward", pod.namespace());
            reasons(forward).forEach(thrown -> calls.requireNotRefused(access, thrown));
            return unanswered(pod, e);
        }
    }

    /** Why a port-forward broke; the client knows it a moment after its caller has seen the connection's end. */
    private static List<Throwable> reasons(LocalPortForward forward) {
        for (int look = 1; look < REASON_LOOKS && throwables(forward).isEmpty(); look++) {
            LockSupport.parkNanos(REASON_PAUSE_NANOS);
        }
        return throwables(forward);
    }

    private static List<Throwable> throwables(LocalPortForward forward) {
        return Stream.concat(forward.getClientThrowables().stream(), forward.getServerThrowables().stream())
                .toList();
    }

    private static <T> Optional<T> unanswered(Pod pod, IOException e) {
        LOG.debugf(e, "The hub does not answer through a port-forward; pod=%s/%s", pod.namespace(), pod.name());
        return Optional.empty();
    }

    @FunctionalInterface
    private interface Conversation<T> {
        Optional<T> with(Http http) throws IOException;
    }

    private record Http(HttpClient client, int port, Duration timeout) {
        /** The JSON of a 200; empty for any other answer. */
        Optional<JsonNode> get(String path, Optional<String> token) throws IOException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(timeout)
                    .header(
                            "Accept",
                            token.isPresent() ? "application/jupyterhub-pagination+json" : "application/json");
            token.ifPresent(secret -> request.header("Authorization", "token " + secret));
            HttpResponse<byte[]> answer = send(request.build());
            return answer.statusCode() == HttpURLConnection.HTTP_OK
                    ? Optional.of(JSON.readTree(answer.body()))
                    : Optional.empty();
        }

        /** The whole answer within the timeout; the request's own ends with the headers. */
        private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
            CompletableFuture<HttpResponse<byte[]>> answer =
                    client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
            try {
                return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("no answer from the hub", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } finally {
                answer.cancel(true);
            }
        }
    }
}
