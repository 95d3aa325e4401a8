package dev.hubferry.fakes.kubernetes.http;

import dev.hubferry.fakes.kubernetes.access.FakeUser;
import dev.hubferry.fakes.kubernetes.access.Users;
import dev.hubferry.fakes.kubernetes.model.ApiFailure;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.registry.Deletion;
import dev.hubferry.fakes.kubernetes.registry.Registry;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The HTTP face of the cluster.
 *
 * <pre>
 *   request ─► faults ─► who? (401) ─► which resource? (404) ─► allowed? (403) ─► endpoint ─► JSON
 *                                                                             └► stream (watch, exec, …)
 * </pre>
 */
public final class ApiServer {

    private static final int LONGEST_URL = 1 << 18;
    private static final int LARGEST_MESSAGE = 1 << 23;
    private static final Set<String> MUTATING = Set.of("create", "update", "patch", "delete", "deletecollection");

    private final Vertx vertx;
    private final Gate gate;
    private final ObjectEndpoint objects;
    private final ListEndpoint lists;
    private final WatchEndpoint watches;
    private final PodStreams podStreams;
    private final Faults faults;
    private final Mutations mutations = new Mutations();
    private final HttpServer server;

    public ApiServer(
            Vertx vertx,
            Users users,
            ObjectStore store,
            Registry registry,
            Deletion deletion,
            PodStreams podStreams,
            Faults faults) {
        this.vertx = vertx;
        this.gate = new Gate(users);
        this.objects = new ObjectEndpoint(store, registry, deletion);
        this.lists = new ListEndpoint(store);
        this.watches = new WatchEndpoint(vertx, store);
        this.podStreams = podStreams;
        this.faults = faults;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                .setWebSocketSubProtocols(List.of(ChannelSocket.PROTOCOL))
                .setMaxInitialLineLength(LONGEST_URL)
                .setMaxWebSocketFrameSize(LARGEST_MESSAGE)
                .setMaxWebSocketMessageSize(LARGEST_MESSAGE));
    }

    /** Listens; port 0 chooses a free one. Answers the port. */
    public int listen(String host, int port) {
        return server.requestHandler(this::onRequest)
                .listen(port, host)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    public Mutations mutations() {
        return mutations;
    }

    public void endWatches() {
        watches.endAll();
    }

    private void onRequest(HttpServerRequest raw) {
        Optional<Fault> fault = faults.take(new Faults.Request(raw.method().name(), path(raw)));
        if (fault.isEmpty()) {
            answer(raw, false);
            return;
        }
        switch (fault.get()) {
            case Fault.TooManyRequests busy ->
                send(raw, Reply.of(ApiFailure.tooManyRequests(busy.retryAfterSeconds())), false);
            case Fault.ServerError error ->
                send(raw, Reply.of(ApiFailure.ofServer(error.status(), "the server is ill")), false);
            case Fault.NoSuchPath ignored -> send(raw, Reply.of(ApiFailure.noSuchPath()), false);
            case Fault.DropConnection ignored -> raw.connection().close();
            case Fault.DropReply ignored -> answer(raw, true);
            case Fault.Stall stall -> answerAfter(stall.until(), raw);
        }
    }

    private void answerAfter(CompletionStage<?> stage, HttpServerRequest raw) {
        Context context = vertx.getOrCreateContext();
        raw.pause();
        stage.thenRun(() -> context.runOnContext(_ -> {
            if (!raw.response().closed()) {
                raw.resume();
                answer(raw, false);
            }
        }));
    }

    private void answer(HttpServerRequest raw, boolean dropReply) {
        try {
            FakeUser user = gate.authenticate(raw);
            Optional<ApiTarget> target = ApiTarget.parse(path(raw));
            if (target.isEmpty()) {
                discover(raw, user);
            } else if (AccessReviews.isFor(target.get())) {
                gate.requireSomebody(user, path(raw));
                raw.body().onSuccess(body -> reply(raw, dropReply, () -> AccessReviews.review(user, body.getBytes())));
            } else {
                serve(raw, resolve(raw, user, target.get()), dropReply);
            }
        } catch (ApiFailure failure) {
            send(raw, Reply.of(failure), dropReply);
        }
    }

    private void discover(HttpServerRequest raw, FakeUser user) {
        if (!Discovery.isPublic(path(raw))) {
            gate.requireSomebody(user, path(raw));
        }
        send(raw, Discovery.serve(path(raw)), false);
    }

    private void serve(HttpServerRequest raw, ApiRequest request, boolean dropReply) {
        gate.authorize(request);
        if (PodStreams.serves(request)) {
            podStreams.serve(request, raw);
            mutatedBy(request, request.target().name());
        } else if ("watch".equals(request.verb())) {
            watch(raw, request);
        } else {
            String contentType =
                    Optional.ofNullable(raw.getHeader("Content-Type")).orElse("application/json");
            raw.body().onSuccess(body -> reply(raw, dropReply, () -> dispatch(request, body.getBytes(), contentType)));
        }
    }

    private void watch(HttpServerRequest raw, ApiRequest request) {
        if (ChannelSocket.isUpgrade(raw)) {
            request.selection();
            raw.toWebSocket().onSuccess(socket -> watches.serve(request, socket));
        } else {
            watches.serve(request, raw);
        }
    }

    private Reply dispatch(ApiRequest request, byte[] body, String contentType) {
        Reply reply = switch (request.verb()) {
            case "get" -> objects.get(request);
            case "list" -> lists.list(request);
            case "create" -> objects.create(request, body);
            case "update" -> objects.replace(request, body);
            case "patch" -> objects.patch(request, body, contentType);
            case "delete" -> objects.delete(request, body);
            case "deletecollection" -> objects.deleteCollection(request, body);
            default -> throw ApiFailure.methodNotAllowed();
        };
        String name = request.target().name().isEmpty()
                ? Json.text(reply.body(), "metadata", "name")
                : request.target().name();
        mutatedBy(request, name);
        return reply;
    }

    private void mutatedBy(ApiRequest request, String name) {
        boolean exec = "exec".equals(request.target().subresource());
        if (exec || (MUTATING.contains(request.verb()) && !request.dryRun())) {
            mutations.record(new Mutation(
                    request.user().name(),
                    exec ? "create" : request.verb(),
                    request.access().qualifiedResource(),
                    request.target().namespace(),
                    name));
        }
    }

    private static String path(HttpServerRequest raw) {
        return Optional.ofNullable(raw.path()).orElse("/");
    }

    private static ApiRequest resolve(HttpServerRequest raw, FakeUser user, ApiTarget target) {
        ResourceType type = ResourceTypes.find(target.group(), target.version(), target.resource())
                .orElseThrow(ApiFailure::noSuchPath);
        Map<String, String> query = new HashMap<>();
        raw.params().forEach(entry -> query.putIfAbsent(entry.getKey(), entry.getValue()));
        boolean watches = List.of("true", "1").contains(query.getOrDefault("watch", ""));
        return new ApiRequest(
                user,
                verb(raw.method(), target, watches),
                target,
                type,
                query,
                List.copyOf(raw.params().getAll("command")));
    }

    private static String verb(HttpMethod method, ApiTarget target, boolean watches) {
        boolean collection = target.name().isEmpty();
        return switch (method.name()) {
            case "GET" -> watches ? "watch" : collection ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default -> throw ApiFailure.methodNotAllowed();
        };
    }

    private static void reply(HttpServerRequest raw, boolean dropReply, java.util.function.Supplier<Reply> answer) {
        try {
            send(raw, answer.get(), dropReply);
        } catch (ApiFailure failure) {
            send(raw, Reply.of(failure), dropReply);
        } catch (RuntimeException e) {
            send(raw, Reply.of(ApiFailure.internal(e.toString())), dropReply);
        }
    }

    static void send(HttpServerRequest raw, Reply reply, boolean drop) {
        if (drop) {
            raw.connection().close();
            return;
        }
        reply.headers().forEach(raw.response()::putHeader);
        raw.response()
                .setStatusCode(reply.status())
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(Json.bytes(reply.body())));
    }
}
