package dev.hubferry.k8s.adapter.fabric8;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.Access;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes requests and gives their failures names. */
final class ApiCalls {
    static final int TOO_MANY_REQUESTS = 429;
    static final int UNPROCESSABLE = 422;

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

    private RuntimeException named(Access access, KubernetesClientException e) {
        int code = e.getCode();
        if (code == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return Refusal.of(
                    ErrorCode.CLUSTER_AUTH_FAILED, "cluster %s does not accept the credentials".formatted(cluster));
        }
        if (code == HttpURLConnection.HTTP_FORBIDDEN) {
            return Refusal.of(
                    ErrorCode.PERMISSION_MISSING,
                    "cluster %s does not allow: %s (%s)".formatted(cluster, access, reason(e)));
        }
        if (code == 0 || code == TOO_MANY_REQUESTS || code >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
            return Refusal.of(
                    ErrorCode.CLUSTER_UNREACHABLE,
                    "cluster %s did not answer (%s): %s".formatted(cluster, access, reason(e)));
        }
        return e;
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
