package dev.hubferry.k8s.adapter.fabric8;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.ClusterChecks;
import dev.hubferry.kubernetes.ClientTrouble;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.Set;

/** Two small requests: many clusters tell their version to anybody, so that alone does not show that the credentials are accepted. */
public final class Fabric8ClusterChecks implements ClusterChecks {
    private final Fabric8Clusters clusters;
    private final Set<String> storages;

    /** @param storages the storage connections whose NFS servers are known */
    public Fabric8ClusterChecks(Fabric8Clusters clusters, Set<String> storages) {
        this.clusters = clusters;
        this.storages = Set.copyOf(storages);
    }

    @Override
    public Set<String> names() {
        return clusters.names();
    }

    @Override
    public Set<String> storages() {
        return storages;
    }

    @Override
    public Optional<String> version(String connection) {
        KubernetesClient client = clusters.client(connection);
        try {
            requireAccepted(client);
        } catch (KubernetesClientException e) {
            throw refusal(connection, e);
        }
        try {
            return Optional.ofNullable(client.getKubernetesVersion().getGitVersion());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw refusal(connection, e);
        }
    }

    /** Everybody who is let in at all may ask what they may do; nothing is kept of the question. */
    private static void requireAccepted(KubernetesClient client) {
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb("list")
                .withResource("pods")
                .endResourceAttributes()
                .endSpec()
                .build();
        var unused = client.resource(question).create();
    }

    private static Refusal refusal(String connection, KubernetesClientException e) {
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                Refusal.of(
                        ErrorCode.CLUSTER_AUTH_FAILED,
                        "cluster %s does not accept the credentials".formatted(connection));
            case HttpURLConnection.HTTP_FORBIDDEN ->
                Refusal.of(
                        ErrorCode.PERMISSION_MISSING,
                        "cluster %s does not let the credentials ask what they may do".formatted(connection));
            default ->
                Refusal.of(
                        ErrorCode.CLUSTER_UNREACHABLE,
                        "cluster %s: %s".formatted(connection, ClientTrouble.inOwnWords(e)));
        };
    }
}
