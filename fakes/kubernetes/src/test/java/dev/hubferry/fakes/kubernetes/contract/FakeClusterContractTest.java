package dev.hubferry.fakes.kubernetes.contract;

import dev.hubferry.fakes.kubernetes.FakeKubernetes;
import dev.hubferry.fakes.kubernetes.FakeKubernetesConfig;
import dev.hubferry.fakes.kubernetes.access.AccessRule;
import dev.hubferry.fakes.kubernetes.access.FakeUser;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The fake keeps the contract. */
class FakeClusterContractTest extends ClusterContract {

    private static final String NAMESPACE = "contract";

    @TempDir
    static Path directory;

    @Override
    ClusterUnderTest open() {
        FakeKubernetes fake = FakeKubernetes.start(FakeKubernetesConfig.builder("contract", directory)
                .users(
                        FakeUser.admin("admin", "admin-token"),
                        new FakeUser(
                                "restricted",
                                "restricted-token",
                                List.of(AccessRule.core(NAMESPACE, List.of("get", "list"), "pods"))))
                .build());
        fake.world().ensureNamespace(NAMESPACE);
        return new FakeCluster(fake, client(fake, "admin"), client(fake, "restricted"));
    }

    private record FakeCluster(FakeKubernetes fake, KubernetesClient client, KubernetesClient restrictedClient)
            implements ClusterUnderTest {

        @Override
        public String namespace() {
            return NAMESPACE;
        }

        @Override
        public String image() {
            return "busybox:1.36";
        }

        @Override
        public void close() {
            client.close();
            restrictedClient.close();
            fake.close();
        }
    }

    private static KubernetesClient client(FakeKubernetes fake, String user) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(fake.kubeconfig(user)))
                .build();
    }
}
