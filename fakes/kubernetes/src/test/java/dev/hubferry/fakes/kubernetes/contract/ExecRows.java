package dev.hubferry.fakes.kubernetes.contract;

import static dev.hubferry.fakes.kubernetes.contract.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Rows about running commands in pods and reaching their ports. */
final class ExecRows {

    private ExecRows() {}

    static List<Behaviour> all() {
        return List.of(
                Behaviour.of("runs a command and tells both its outputs apart", ExecRows::runsCommands),
                Behaviour.of("tells the exit code of a command", ExecRows::tellsExitCodes),
                Behaviour.of("reports a program that is not there as a failure", ExecRows::missesPrograms),
                Behaviour.of("delivers large outputs whole", ExecRows::deliversLargeOutputs),
                Behaviour.of("delivers input, of which the command must know the length", ExecRows::deliversInput),
                Behaviour.of("cannot end the input alone", ExecRows::cannotEndInput),
                Behaviour.of("sees in each exec what an earlier one wrote", ExecRows::keepsFiles),
                Behaviour.of("shows a volume where it is mounted", ExecRows::seesVolumes),
                Behaviour.of("runs as the pod's user", ExecRows::runsAsUser),
                Behaviour.of("refuses an exec into a pod that is not there", ExecRows::refusesAbsentPods),
                Behaviour.of("refuses an exec into an ended pod", ExecRows::refusesEndedPods),
                Behaviour.of("forwards no port where nobody listens", ExecRows::forwardsNothing));
    }

    /** What a command left behind. */
    private record Ran(int code, String out, String err) {}

    private static Ran run(Bench bench, String pod, String... command) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch exec = bench.podResource(bench.name(pod))
                .writingOutput(out)
                .writingError(err)
                .exec(command)) {
            int code = exec.exitCode().get(30, TimeUnit.SECONDS);
            return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    private static void runsCommands(Bench bench) throws Exception {
        bench.readyPod("p");

        Ran ran = run(bench, "p", "sh", "-c", "echo 'to out'; echo 'to err' >&2");

        assertThat(ran).isEqualTo(new Ran(0, "to out\n", "to err\n"));
    }

    private static void tellsExitCodes(Bench bench) throws Exception {
        bench.readyPod("p");

        assertThat(run(bench, "p", "sh", "-c", "exit 42").code()).isEqualTo(42);
    }

    private static void missesPrograms(Bench bench) throws Exception {
        bench.readyPod("p");

        try (ExecWatch exec = bench.podResource(bench.name("p"))
                .writingOutput(OutputStream.nullOutputStream())
                .exec("no-such-program")) {
            assertFailed(exec);
        }
    }

    /** Runtimes differ: some report an internal error, some exit code 126 or 127. */
    private static void assertFailed(ExecWatch exec) throws Exception {
        try {
            assertThat(exec.exitCode().get(30, TimeUnit.SECONDS)).isNotZero();
        } catch (java.util.concurrent.ExecutionException e) {
            assertThat(e).hasMessageContaining("no-such-program");
        }
    }

    private static void deliversLargeOutputs(Bench bench) throws Exception {
        bench.readyPod("p");

        Ran ran = run(bench, "p", "sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' x");

        assertThat(ran.out()).hasSize(5_000_000);
    }

    private static void deliversInput(Bench bench) throws Exception {
        bench.readyPod("p");
        byte[] content = "0123456789".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        try (ExecWatch exec = bench.podResource(bench.name("p"))
                .redirectingInput()
                .writingOutput(out)
                .exec("sh", "-c", "head -c " + content.length + " > /tmp/input; wc -c < /tmp/input")) {
            exec.getInput().write(content);
            exec.getInput().flush();
            assertThat(exec.exitCode().get(30, TimeUnit.SECONDS)).isZero();
        }

        assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo(Integer.toString(content.length));
    }

    private static void cannotEndInput(Bench bench) throws Exception {
        bench.readyPod("p");

        try (ExecWatch exec = bench.podResource(bench.name("p"))
                .redirectingInput()
                .writingOutput(OutputStream.nullOutputStream())
                .exec("cat")) {
            exec.getInput().write('x');
            exec.getInput().flush();
            exec.getInput().close();
            assertThatThrownBy(() -> exec.exitCode().get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        }
    }

    private static void keepsFiles(Bench bench) throws Exception {
        bench.readyPod("p");
        run(bench, "p", "sh", "-c", "echo kept > /tmp/file");

        assertThat(run(bench, "p", "cat", "/tmp/file").out()).isEqualTo("kept\n");
    }

    private static void seesVolumes(Bench bench) throws Exception {
        bench.createClaim("claim");
        bench.client()
                .resource(bench.podWithClaim("writer", "echo hub > /data/database", "claim")
                        .build())
                .create();
        bench.eventually(() -> "Succeeded"
                .equals(bench.podResource(bench.name("writer"))
                        .get()
                        .getStatus()
                        .getPhase()));
        bench.readyPod(bench.podWithClaim("p", "while true; do sleep 0.1; done", "claim")
                .editSpec()
                .editFirstContainer()
                .editFirstVolumeMount()
                .withMountPath("/srv/jupyterhub")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build());

        assertThat(run(bench, "p", "cat", "/srv/jupyterhub/database").out()).isEqualTo("hub\n");
    }

    private static void runsAsUser(Bench bench) throws Exception {
        Pod pod = bench.pod("p", "while true; do sleep 0.1; done")
                .editSpec()
                .withNewSecurityContext()
                .withRunAsUser(1000L)
                .withRunAsGroup(1000L)
                .endSecurityContext()
                .endSpec()
                .build();
        bench.readyPod(pod);

        assertThat(run(bench, "p", "sh", "-c", "id -u; id -g").out()).isEqualTo("1000\n1000\n");
    }

    private static void refusesAbsentPods(Bench bench) {
        refused(404, "NotFound", () -> run(bench, "absent", "true"));
    }

    private static void refusesEndedPods(Bench bench) {
        bench.client().resource(bench.pod("p", "exit 0").build()).create();
        bench.eventually(() -> "Succeeded"
                .equals(bench.podResource(bench.name("p")).get().getStatus().getPhase()));

        assertThatThrownBy(() -> run(bench, "p", "true")).isInstanceOf(KubernetesClientException.class);
    }

    private static void forwardsNothing(Bench bench) throws IOException {
        bench.readyPod("p");

        try (LocalPortForward forward = bench.podResource(bench.name("p")).portForward(9);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }
}
