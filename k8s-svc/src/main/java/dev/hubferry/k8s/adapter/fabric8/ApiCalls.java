package dev.hubferry.k8s.adapter.fabric8;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.Access;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes requests and gives their failures names. */
final class ApiCalls {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNPROCESSABLE = 422;

    private final String cluster;

    ApiCalls(String cluster) {
        this.cluster = cluster;
    }

    /** The answer; an object or kind that does not exist is empty. */
    <T> Optional<T> find(Access access, Supplier<@Nullable T> request) {
        try {
            return Optional.ofNullable(request.get());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw named(access, e);
        }
    }

    /** All that there is; a kind that does not exist is a cluster that cannot be trusted to be the right one, not an empty list. */
    <T> List<T> list(Access access, Supplier<List<T>> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                throw Refusal.of(
                        ErrorCode.CLUSTER_UNREACHABLE,
                        "what answers for cluster %s does not know how to %s (404): see that its address is right"
                                .formatted(cluster, access));
            }
            throw named(access, e);
        }
    }

    /** The answer; throws {@link Conflict} or {@link Invalid} when the API server says so. */
    <T> T send(Access access, Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT -> new Conflict();
                case HttpURLConnection.HTTP_NOT_FOUND -> new Gone();
                case UNPROCESSABLE -> new Invalid(reason(e));
                default -> named(access, e);
            };
        }
    }

    /** Throws when {@code thrown} says that the API server refused the credentials. */
    void requireNotRefused(Access access, Throwable thrown) {
        if (thrown instanceof WebSocketHandshakeException e && e.getResponse() != null) {
            refusal(access, e.getResponse().code(), "the connection was not upgraded")
                    .ifPresent(refusal -> {
                        throw refusal;
                    });
        }
    }

    private RuntimeException named(Access access, KubernetesClientException e) {
        Optional<Refusal> refusal = refusal(access, e.getCode(), reason(e));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return isOurFault(e.getCode())
                ? e
                : Refusal.of(
                        ErrorCode.CLUSTER_UNREACHABLE,
                        "cluster %s did not answer (%s): %s".formatted(cluster, access, reason(e)));
    }

    private Optional<Refusal> refusal(Access access, int status, String reason) {
        return switch (status) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                Optional.of(Refusal.of(
                        ErrorCode.CLUSTER_AUTH_FAILED,
                        "cluster %s does not accept the credentials".formatted(cluster)));
            case HttpURLConnection.HTTP_FORBIDDEN ->
                Optional.of(Refusal.of(
                        ErrorCode.PERMISSION_MISSING,
                        "cluster %s does not allow: %s (%s)".formatted(cluster, access, reason)));
            default -> Optional.empty();
        };
    }

    /** Of the statuses below 500, those that trying again cannot mend; a broken connection has none at all. */
    private static boolean isOurFault(int code) {
        return code >= HttpURLConnection.HTTP_BAD_REQUEST
                && code < HttpURLConnection.HTTP_INTERNAL_ERROR
                && code != HttpURLConnection.HTTP_CLIENT_TIMEOUT
                && code != HttpURLConnection.HTTP_GONE
                && code != TOO_MANY_REQUESTS;
    }

    private static String reason(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return e.getStatus().getMessage();
        }
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage());
    }

    /** Somebody else changed the object, or it stands already. */
    static final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The object does not exist. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The API server does not accept the object. */
    static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Invalid(String reason) {
            super(reason);
        }
    }
}
