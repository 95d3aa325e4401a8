package dev.hubferry.fakes.kubernetes.contract;

import static dev.hubferry.fakes.kubernetes.contract.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Rows about the life of bare pods. */
final class PodRows {

    private static final String STUBBORN = "trap '' TERM; while true; do sleep 0.1; done";

    private PodRows() {}

    static List<Behaviour> all() {
        return List.of(
                Behaviour.of("takes a pod from Pending to Running and Ready", PodRows::runsPods),
                Behaviour.of("ends a pod Succeeded when its command ends well", PodRows::succeeds),
                Behaviour.of("ends a pod Failed with the exit code of its command", PodRows::fails),
                Behaviour.of("keeps an ended pod's object and logs", PodRows::keepsLogs),
                Behaviour.of("gives the last lines of a log", PodRows::tailsLogs),
                Behaviour.of("marks a deleted pod before it goes", PodRows::marksDeletedPods),
                Behaviour.of("kills a pod that ignores its grace", PodRows::killsStubbornPods),
                Behaviour.of("removes a pod at once without grace", PodRows::removesByForce),
                Behaviour.of("keeps a terminating pod with a finalizer", PodRows::keepsPodsWithFinalizers),
                Behaviour.of("leaves a pod Pending while its claim is missing", PodRows::waitsForVolumes),
                Behaviour.of("gives several pods one volume", PodRows::sharesVolumes),
                Behaviour.of("shows Secrets as files and variables", PodRows::showsSecrets),
                Behaviour.of("runs a pod as the user that it names", PodRows::changesUser),
                Behaviour.of("refuses the log of a container that is not there", PodRows::refusesUnknownContainers));
    }

    private static void runsPods(Bench bench) {
        Pod made = bench.client().resource(bench.pod("p", "sleep 60").build()).create();
        assertThat(made.getStatus().getPhase()).isEqualTo("Pending");

        bench.podResource(bench.name("p")).waitUntilReady(60, TimeUnit.SECONDS);

        Pod ready = bench.podResource(bench.name("p")).get();
        assertThat(ready.getStatus().getPhase()).isEqualTo("Running");
        assertThat(ready.getStatus().getPodIP()).isNotBlank();
        assertThat(ready.getSpec().getNodeName()).isNotBlank();
        assertThat(ready.getStatus().getContainerStatuses().getFirst().getReady())
                .isTrue();
        assertThat(ready.getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getState()
                        .getRunning())
                .isNotNull();
    }

    private static void succeeds(Bench bench) {
        bench.client().resource(bench.pod("p", "exit 0").build()).create();

        bench.eventually(() -> "Succeeded".equals(phase(bench, "p")));
    }

    private static void fails(Bench bench) {
        bench.client().resource(bench.pod("p", "exit 7").build()).create();

        bench.eventually(() -> "Failed".equals(phase(bench, "p")));
        assertThat(bench.podResource(bench.name("p"))
                        .get()
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getState()
                        .getTerminated()
                        .getExitCode())
                .isEqualTo(7);
    }

    private static void keepsLogs(Bench bench) {
        bench.client()
                .resource(bench.pod("p", "echo out; echo err >&2").build())
                .create();

        bench.eventually(() -> "Succeeded".equals(phase(bench, "p")));
        assertThat(bench.podResource(bench.name("p")).getLog()).contains("out\n", "err\n");
    }

    private static void tailsLogs(Bench bench) {
        bench.client()
                .resource(bench.pod("p", "for i in 1 2 3 4; do echo line $i; done")
                        .build())
                .create();

        bench.eventually(() -> "Succeeded".equals(phase(bench, "p")));
        assertThat(bench.podResource(bench.name("p")).tailingLines(2).getLog()).isEqualTo("line 3\nline 4\n");
    }

    private static void marksDeletedPods(Bench bench) {
        bench.readyPod(bench.pod("p", STUBBORN)
                .editSpec()
                .withTerminationGracePeriodSeconds(600L)
                .endSpec()
                .build());

        bench.podResource(bench.name("p")).delete();

        Pod leaving = bench.podResource(bench.name("p")).get();
        assertThat(leaving.getMetadata().getDeletionTimestamp()).isNotBlank();
        assertThat(leaving.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(600);
        bench.podResource(bench.name("p")).withGracePeriod(0).delete();
        bench.eventually(() -> bench.podResource(bench.name("p")).get() == null);
    }

    private static void killsStubbornPods(Bench bench) {
        bench.readyPod(bench.pod("p", STUBBORN).build());

        bench.podResource(bench.name("p")).delete();

        bench.eventually(() -> bench.podResource(bench.name("p")).get() == null);
    }

    private static void removesByForce(Bench bench) {
        bench.readyPod(bench.pod("p", STUBBORN).build());

        bench.podResource(bench.name("p")).withGracePeriod(0).delete();

        assertThat(bench.podResource(bench.name("p")).get()).isNull();
    }

    private static void keepsPodsWithFinalizers(Bench bench) {
        bench.readyPod(new PodBuilder(bench.pod("p", "sleep 60").build())
                .editMetadata()
                .addToFinalizers("hubferry.dev/test")
                .endMetadata()
                .build());

        bench.podResource(bench.name("p")).delete();
        bench.eventually(() -> !"Running".equals(phase(bench, "p")));
        assertThat(bench.podResource(bench.name("p")).get()).isNotNull();

        bench.podResource(bench.name("p"))
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        bench.eventually(() -> bench.podResource(bench.name("p")).get() == null);
    }

    private static void waitsForVolumes(Bench bench) {
        Pod waiting = bench.podWithClaim("p", "cat /data/file || true", "claim").build();
        bench.client().resource(waiting).create();
        assertThat(phase(bench, "p")).isEqualTo("Pending");

        bench.createClaim("claim");

        bench.eventually(() -> "Succeeded".equals(phase(bench, "p")));
    }

    private static void sharesVolumes(Bench bench) {
        bench.createClaim("claim");
        bench.client()
                .resource(bench.podWithClaim("writer", "echo shared > /data/file", "claim")
                        .build())
                .create();
        bench.eventually(() -> "Succeeded".equals(phase(bench, "writer")));

        bench.client()
                .resource(
                        bench.podWithClaim("reader", "cat /data/file", "claim").build())
                .create();

        bench.eventually(() -> "Succeeded".equals(phase(bench, "reader")));
        assertThat(bench.podResource(bench.name("reader")).getLog()).isEqualTo("shared\n");
    }

    private static void showsSecrets(Bench bench) {
        bench.createSecret("s", "word", "hush");
        Pod reader = new PodBuilder(bench.pod("p", "cat /etc/hubferry/word; echo; echo $WORD")
                        .build())
                .editSpec()
                .addNewVolume()
                .withName("secret")
                .withNewSecret()
                .withSecretName(bench.name("s"))
                .endSecret()
                .endVolume()
                .editFirstContainer()
                .addNewEnv()
                .withName("WORD")
                .withNewValueFrom()
                .withNewSecretKeyRef("word", bench.name("s"), false)
                .endValueFrom()
                .endEnv()
                .addNewVolumeMount()
                .withName("secret")
                .withMountPath("/etc/hubferry")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();

        bench.client().resource(reader).create();

        bench.eventually(() -> "Succeeded".equals(phase(bench, "p")));
        assertThat(bench.podResource(bench.name("p")).getLog()).isEqualTo("hush\nhush\n");
    }

    private static void changesUser(Bench bench) {
        Pod pod = new PodBuilder(bench.pod("p", "id -u; id -g").build())
                .editSpec()
                .withNewSecurityContext()
                .withRunAsUser(1000L)
                .withRunAsGroup(1001L)
                .endSecurityContext()
                .endSpec()
                .build();

        bench.client().resource(pod).create();

        bench.eventually(() -> "Succeeded".equals(phase(bench, "p")));
        assertThat(bench.podResource(bench.name("p")).getLog()).isEqualTo("1000\n1001\n");
    }

    private static void refusesUnknownContainers(Bench bench) {
        bench.readyPod("p");

        refused(
                400,
                "BadRequest",
                () -> bench.podResource(bench.name("p")).inContainer("other").getLog());
    }

    private static String phase(Bench bench, String suffix) {
        return bench.podResource(bench.name(suffix)).get().getStatus().getPhase();
    }
}
