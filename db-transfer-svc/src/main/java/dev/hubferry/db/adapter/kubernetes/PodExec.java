package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HubRef;
import dev.hubferry.db.domain.HubProfile;
import dev.hubferry.db.domain.Refusal;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs commands in one pod, through the API server's exec. */
final class PodExec implements RoomCommands {
    private static final int ERRORS_AT_MOST = 4_000;

    private final Cluster cluster;
    private final HubRef hub;
    private final String pod;
    private final Duration timeout;

    PodExec(Cluster cluster, HubRef hub, String pod, Duration timeout) {
        this.cluster = cluster;
        this.hub = hub;
        this.pod = pod;
        this.timeout = timeout;
    }

    /** As a call of its own: an interrupt while the client looks whether the pod is ready, or waits for room to send, would be lost. */
    @Override
    public Outcome run(List<String> command, Input input, OutputStream stdout) throws InterruptedException {
        return OwnThread.interruptible("exec in " + pod, () -> runHere(command, input, stdout));
    }

    private Outcome runHere(List<String> command, Input input, OutputStream stdout) throws InterruptedException {
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        try (ExecWatch watch = open(command, stdout, stderr)) {
            boolean taken = send(watch, input);
            Integer code = watch.exitCode().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            String errors = stderr.toString(StandardCharsets.UTF_8);
            int exitCode = code == null || (code == 0 && !taken) ? -1 : code;
            return new Outcome(exitCode, errors.substring(0, Math.min(errors.length(), ERRORS_AT_MOST)));
        } catch (ExecutionException e) {
            throw broken(e);
        } catch (TimeoutException e) {
            throw Refusal.of(
                    ErrorCode.TRANSFER_CORRUPT,
                    HubProfile.where(hub),
                    "an operation in pod " + pod + " did not end within " + timeout.toSeconds() + " s",
                    "see how busy the volume and the way to the cluster are; allow more with"
                            + " hubferry.db.helper-pod.operation-timeout");
        }
    }

    private ExecWatch open(List<String> command, OutputStream stdout, OutputStream stderr) throws InterruptedException {
        return cluster.ask(
                "exec in pod " + pod,
                client -> client.pods()
                        .inNamespace(hub.namespace())
                        .withName(pod)
                        .inContainer(HelperPod.CONTAINER)
                        .redirectingInput()
                        .writingOutput(stdout)
                        .writingError(stderr)
                        .exec(command.toArray(String[]::new)));
    }

    /** Whether everything was taken; a command that ends before it has read everything says so by its exit code. */
    private static boolean send(ExecWatch watch, Input input) {
        try {
            OutputStream stdin = watch.getInput();
            input.writeTo(stdin);
            stdin.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Refusal broken(ExecutionException e) throws InterruptedException {
        if (e.getCause() instanceof KubernetesClientException cause) {
            return cluster.refusal("exec in pod " + pod, cause);
        }
        return Refusal.of(
                ErrorCode.CLUSTER_UNREACHABLE,
                "cluster " + hub.cluster(),
                "the connection to pod " + pod + " broke: " + e.getCause(),
                "see whether the API server is up and can be reached from here");
    }
}
