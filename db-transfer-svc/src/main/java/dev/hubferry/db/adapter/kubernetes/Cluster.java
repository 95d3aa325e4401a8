package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.db.domain.Refusal;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.util.Optional;
import java.util.function.Function;

/**
 * One cluster, with its failures put into words.
 *
 * @param clients where its client comes from
 * @param name of the connection
 */
record Cluster(ClusterClients clients, String name) {
    /**
     * Asks the cluster something.
     *
     * @param doing what, for people, such as {@code list pods in namespace astro}
     * @throws Refusal for everything that the API server or the way to it does wrong
     * @throws InterruptedException when the thread was interrupted meanwhile
     * @throws KubernetesClientTimeoutException when {@code question} waited for a condition in vain
     */
    <T> T ask(String doing, Function<KubernetesClient, T> question) throws InterruptedException {
        try {
            return question.apply(clients.of(name));
        } catch (KubernetesClientTimeoutException e) {
            throw e;
        } catch (KubernetesClientException e) {
            throw refusal(doing, e);
        }
    }

    /** As {@link #ask}, for objects that may be absent. */
    <T> Optional<T> find(String doing, Function<KubernetesClient, T> question) throws InterruptedException {
        return ask(doing, client -> Optional.ofNullable(question.apply(client)));
    }

    /** What {@code e} means to an operator. */
    Refusal refusal(String doing, KubernetesClientException e) throws InterruptedException {
        if (interrupted(e)) {
            var unused = Thread.interrupted();
            throw new InterruptedException("interrupted while it was to " + doing);
        }
        int code = codeOf(e);
        if (code == 401) {
            clients.forget(name);
        }
        String where = "cluster " + name;
        return switch (code) {
            case 401 ->
                Refusal.of(
                        ErrorCode.CLUSTER_AUTH_FAILED,
                        where,
                        "the API server does not accept the kubeconfig's credentials",
                        "renew the kubeconfig of this cluster");
            case 403 ->
                Refusal.of(
                        ErrorCode.PERMISSION_MISSING,
                        where,
                        "not allowed to " + doing + ": " + said(e),
                        "give the kubeconfig's user this permission");
            case 404 ->
                Refusal.of(
                        ErrorCode.HUB_NOT_FOUND,
                        where,
                        "nothing there to " + doing + ": " + said(e),
                        "check the spec's hub");
            case 400, 405, 413, 415, 422 ->
                Refusal.of(
                        ErrorCode.PERMISSION_MISSING,
                        where,
                        "the API server refuses to " + doing + ": " + said(e),
                        "see whether an admission policy of the cluster forbids it");
            default ->
                Refusal.of(
                        ErrorCode.CLUSTER_UNREACHABLE,
                        where,
                        "could not " + doing + ": " + said(e),
                        "see whether the API server is up and can be reached from here");
        };
    }

    /** Whether {@code e} tells that the thread was interrupted: the client sets the flag again, or has cleared it and tells by the cause. */
    static boolean interrupted(KubernetesClientException e) {
        return Thread.currentThread().isInterrupted() || hasCause(e, InterruptedException.class);
    }

    /** The API server's answer; 0 when there was none. A refused upgrade to a stream hides it among the causes. */
    private static int codeOf(KubernetesClientException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException answered && answered.getCode() > 0) {
                return answered.getCode();
            }
            if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
                return refused.getResponse().code();
            }
        }
        return 0;
    }

    /** Kubernetes' own message, else that of the connection; neither holds what was sent. */
    private static String said(KubernetesClientException e) {
        Throwable root = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException answered
                    && answered.getStatus() != null
                    && answered.getStatus().getMessage() != null
                    && answered.getCode() > 0) {
                return answered.getStatus().getMessage();
            }
            root = cause;
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage());
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
