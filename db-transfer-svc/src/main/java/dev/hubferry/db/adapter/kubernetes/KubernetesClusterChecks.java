package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.db.domain.ClusterChecks;
import dev.hubferry.db.domain.Refusal;
import dev.hubferry.kubernetes.ClientTrouble;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Two small requests: many clusters tell their version to anybody, so that alone does not show that the credentials are accepted. */
public final class KubernetesClusterChecks implements ClusterChecks {
    private final ClusterClients clients;

    public KubernetesClusterChecks(ClusterClients clients) {
        this.clients = clients;
    }

    @Override
    public Set<String> names() {
        return clients.names();
    }

    @Override
    public Optional<String> acceptedVersion(String cluster) throws InterruptedException {
        var unused = ask(cluster, KubernetesClusterChecks::accepted);
        return ask(cluster, KubernetesClusterChecks::version);
    }

    private <T> T ask(String cluster, Function<KubernetesClient, T> question) throws InterruptedException {
        try {
            return question.apply(clients.of(cluster));
        } catch (KubernetesClientException e) {
            if (Cluster.interrupted(e)) {
                var unused = Thread.interrupted();
                throw new InterruptedException("interrupted while a cluster was asked whether it answers");
            }
            throw refusal(cluster, e);
        }
    }

    /** Everybody who is let in at all may ask what they may do; nothing is kept of the question. */
    private static SelfSubjectAccessReview accepted(KubernetesClient client) {
        return client.resource(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb("list")
                        .withResource("pods")
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create();
    }

    private static Optional<String> version(KubernetesClient client) {
        try {
            return Optional.ofNullable(client.getKubernetesVersion().getGitVersion());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Refusal refusal(String cluster, KubernetesClientException e) {
        String where = "cluster " + cluster;
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED -> {
                // The kubeconfig may have been renewed.
                clients.forget(cluster);
                yield Refusal.of(
                        ErrorCode.CLUSTER_AUTH_FAILED,
                        where,
                        where + " does not accept the credentials",
                        "renew the kubeconfig of this cluster");
            }
            case HttpURLConnection.HTTP_FORBIDDEN ->
                Refusal.of(
                        ErrorCode.PERMISSION_MISSING,
                        where,
                        where + " does not let the credentials ask what they may do",
                        "give the kubeconfig's user the role system:basic-user");
            default ->
                Refusal.of(
                        ErrorCode.CLUSTER_UNREACHABLE,
                        where,
                        where + ": " + ClientTrouble.inOwnWords(e),
                        "see whether the API server is up and can be reached from here");
        };
    }
}
