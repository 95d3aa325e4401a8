package dev.hubferry.fakes.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a row works with: the cluster, names that nobody else uses, and the usual objects. */
public final class Bench {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ClusterUnderTest cluster;
    private final String prefix = "row-" + COUNTER.incrementAndGet();

    Bench(ClusterUnderTest cluster) {
        this.cluster = cluster;
    }

    public KubernetesClient client() {
        return cluster.client();
    }

    public KubernetesClient restrictedClient() {
        return cluster.restrictedClient();
    }

    public String namespace() {
        return cluster.namespace();
    }

    public String image() {
        return cluster.image();
    }

    /** A name of this row's own. */
    public String name(String suffix) {
        return prefix + "-" + suffix;
    }

    /** A label that picks this row's objects. */
    public Map<String, String> label() {
        return Map.of("row", prefix);
    }

    public ConfigMapBuilder configMap(String suffix, Map<String, String> labels) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name(suffix))
                .withNamespace(namespace())
                .addToLabels(label())
                .addToLabels(labels)
                .endMetadata()
                .addToData("key", "value");
    }

    public ConfigMap createConfigMap(String suffix, Map<String, String> labels) {
        return client().resource(configMap(suffix, labels).build()).create();
    }

    public ConfigMap readConfigMap(String suffix) {
        return client().configMaps()
                .inNamespace(namespace())
                .withName(name(suffix))
                .get();
    }

    /** A pod that runs a shell script once. */
    public PodBuilder pod(String suffix, String script) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name(suffix))
                .withNamespace(namespace())
                .addToLabels(label())
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(2L)
                .addNewContainer()
                .withName("main")
                .withImage(image())
                .withCommand("sh", "-c", script)
                .endContainer()
                .endSpec();
    }

    /** A pod that idles; it is ready when this returns. */
    public Pod readyPod(String suffix) {
        return readyPod(pod(suffix, "trap 'exit 0' TERM; while true; do sleep 0.1; done")
                .build());
    }

    public Pod readyPod(Pod pod) {
        client().resource(pod).create();
        eventually(() -> podResource(pod.getMetadata().getName()).isReady());
        return podResource(pod.getMetadata().getName()).get();
    }

    public PodResource podResource(String fullName) {
        return client().pods().inNamespace(namespace()).withName(fullName);
    }

    public DeploymentBuilder deployment(String suffix, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name(suffix))
                .withNamespace(namespace())
                .addToLabels(label())
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name(suffix))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name(suffix))
                .endMetadata()
                .withSpec(pod(suffix, "trap 'exit 0' TERM; while true; do sleep 0.1; done")
                        .editSpec()
                        .withRestartPolicy("Always")
                        .endSpec()
                        .build()
                        .getSpec())
                .endTemplate()
                .endSpec();
    }

    public Deployment readyDeployment(String suffix, int replicas) {
        client().resource(deployment(suffix, replicas).build()).create();
        eventually(() -> Integer.valueOf(replicas)
                .equals(readDeployment(suffix).getStatus().getReadyReplicas()));
        return readDeployment(suffix);
    }

    public Deployment readDeployment(String suffix) {
        return client().apps()
                .deployments()
                .inNamespace(namespace())
                .withName(name(suffix))
                .get();
    }

    /** Changes the deployment whatever version it has, as its controller goes on writing its status. */
    public Deployment patchDeployment(String suffix, String mergePatch) {
        return client().apps()
                .deployments()
                .inNamespace(namespace())
                .withName(name(suffix))
                .patch(PatchContext.of(PatchType.JSON_MERGE), mergePatch);
    }

    public ServiceBuilder service(String suffix) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name(suffix))
                .withNamespace(namespace())
                .addToLabels(label())
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", name(suffix))
                .addNewPort()
                .withName("http")
                .withPort(80)
                .endPort()
                .endSpec();
    }

    public Service createService(String suffix) {
        return client().resource(service(suffix).build()).create();
    }

    public void createClaim(String suffix) {
        client().resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(name(suffix))
                        .withNamespace(namespace())
                        .addToLabels(label())
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
    }

    /** A pod that runs a shell script once, with the claim at /data. */
    public PodBuilder podWithClaim(String suffix, String script, String claim) {
        return pod(suffix, script)
                .editSpec()
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim(name(claim), false)
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .endContainer()
                .endSpec();
    }

    public PersistentVolumeClaim readClaim(String suffix) {
        return client().persistentVolumeClaims()
                .inNamespace(namespace())
                .withName(name(suffix))
                .get();
    }

    /** The pods that this row's deployment made, those on their way out included. */
    public List<Pod> podsOf(String deployment) {
        return client().pods()
                .inNamespace(namespace())
                .withLabel("app", name(deployment))
                .list()
                .getItems();
    }

    /** Names of this row's pods that a field selects. */
    public List<String> podsByField(String field, String value) {
        return client()
                .pods()
                .inNamespace(namespace())
                .withLabels(label())
                .withField(field, value)
                .list()
                .getItems()
                .stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    public void createSecret(String suffix, String key, String value) {
        client().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name(suffix))
                        .withNamespace(namespace())
                        .endMetadata()
                        .addToStringData(key, value)
                        .build())
                .create();
    }

    /** Waits until something is so. */
    public void eventually(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    /** The call is answered with a failure Status of this code and reason. */
    public static void refused(int code, String reason, ThrowingCallable call) {
        KubernetesClientException failure =
                org.assertj.core.api.Assertions.catchThrowableOfType(KubernetesClientException.class, call);
        assertThat(failure).as("a refusal with %d %s", code, reason).isNotNull();
        assertThat(failure.getCode()).as(failure.getMessage()).isEqualTo(code);
        assertThat(failure.getStatus().getReason()).isEqualTo(reason);
    }
}
