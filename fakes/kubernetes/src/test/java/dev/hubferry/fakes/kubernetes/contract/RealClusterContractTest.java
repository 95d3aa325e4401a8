package dev.hubferry.fakes.kubernetes.contract;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
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
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(RESTRICTED)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(RESTRICTED)
                        .withNamespace(namespace)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("pods")
                        .withVerbs("get", "list")
                        .endRule()
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(RESTRICTED)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", RESTRICTED)
                        .addNewSubject("", "ServiceAccount", RESTRICTED, namespace)
                        .build())
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
