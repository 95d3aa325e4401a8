package dev.hubferry.fakes.kubernetes.contract;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A real cluster keeps the same contract.
 *
 * <p>Runs when {@code HUBFERRY_TEST_KUBECONFIG} names a kubeconfig whose user may make namespaces and roles. The image
 * {@code HUBFERRY_TEST_IMAGE} (busybox unless set) is pulled. Everything happens in a namespace of its own, which is
 * removed, and in namespaces whose names begin with its name.
 */
@EnabledIfEnvironmentVariable(
        named = RealClusterContractTest.KUBECONFIG,
        matches = ".+",
        disabledReason = "HUBFERRY_TEST_KUBECONFIG is not set: the contract was not checked against a real cluster")
class RealClusterContractTest extends ClusterContract {

    static final String KUBECONFIG = "HUBFERRY_TEST_KUBECONFIG";
    private static final String RESTRICTED = "restricted";
    private static final String RESTRICTED_USER = """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: restricted}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: restricted}
            rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: restricted}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: restricted}
            subjects: [{kind: ServiceAccount, name: restricted, namespace: %s}]
            """;

    @Override
    ClusterUnderTest open() {
        Config config = Config.fromKubeconfig(Path.of(System.getenv(KUBECONFIG)).toFile());
        KubernetesClient admin =
                new KubernetesClientBuilder().withConfig(config).build();
        String namespace = "hubferry-contract-" + UUID.randomUUID().toString().substring(0, 8);
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        return new RealCluster(admin, restricted(admin, config, namespace), namespace);
    }

    private static KubernetesClient restricted(KubernetesClient admin, Config config, String namespace) {
        admin.load(new ByteArrayInputStream(RESTRICTED_USER.formatted(namespace).getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .create();
        TokenRequest token = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(RESTRICTED)
                .tokenRequest();
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(config.getMasterUrl())
                        .withCaCertData(config.getCaCertData())
                        .withCaCertFile(config.getCaCertFile())
                        .withTrustCerts(config.isTrustCerts())
                        .withOauthToken(token.getStatus().getToken())
                        .build())
                .build();
    }

    private record RealCluster(KubernetesClient client, KubernetesClient restrictedClient, String namespace)
            implements ClusterUnderTest {

        @Override
        public String image() {
            return Optional.ofNullable(System.getenv("HUBFERRY_TEST_IMAGE")).orElse("busybox:1.36");
        }

        @Override
        public void close() {
            client.namespaces().withName(namespace).delete();
            restrictedClient.close();
            client.close();
        }
    }
}
