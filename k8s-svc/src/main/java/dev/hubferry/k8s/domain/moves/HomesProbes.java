package dev.hubferry.k8s.domain.moves;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.Lease;
import dev.hubferry.k8s.domain.Limits;
import dev.hubferry.k8s.domain.Patience;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.Work;
import dev.hubferry.k8s.domain.check.HomeLayout;
import dev.hubferry.k8s.domain.cluster.HomesProbe;
import dev.hubferry.k8s.domain.cluster.HubCluster;
import dev.hubferry.k8s.domain.cluster.Labels;
import dev.hubferry.k8s.domain.cluster.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Short-lived pods that mount the homes as users' servers will, and say what they see. */
final class HomesProbes {
    private static final String PURPOSE = "homes-probe";
    private static final Lease CLEANING_UP = () -> {};
    private static final Pattern ANSWER = Pattern.compile("hubferry: (\\d+) directories");

    // Relative to the mount, which is the working directory; POSIX sh and nothing else, for every hub image has that.
    private static final String SCRIPT =
            "n=0; for d in */; do if [ -d \"$d\" ]; then n=$((n+1)); fi; done; echo \"hubferry: $n directories\"";

    private final Patience patience;
    private final Limits limits;

    HomesProbes(Patience patience, Limits limits) {
        this.patience = patience;
        this.limits = limits;
    }

    /** How many directories the homes hold, seen through the claim; fails with SMOKE_TEST_FAILED when it cannot be mounted. */
    int countHomes(HubCluster cluster, Pod hubPod, HomeLayout layout, Work work) throws InterruptedException {
        HomesProbe probe = probe(hubPod, layout, work);
        reap(cluster, probe.namespace(), work);
        Optional<Pod> started = cluster.startProbe(probe, work);
        try {
            Optional<Pod> over = patience.await(
                    limits.homesProbe(),
                    work,
                    () -> cluster.pod(probe.namespace(), probe.name()).filter(Pod::isOver));
            return over.flatMap(pod -> answer(cluster.log(pod))).orElseThrow(() -> failed(cluster, probe));
        } finally {
            started.ifPresent(own -> cleanUp(cluster, own, work));
        }
    }

    /**
     * Even when the lease is lost or the run interrupted, for a withdrawn command has no next run: this very pod, by its uid, and not the
     * one that a next run has started under its name. What cannot be deleted now ends by its own deadline and is reaped by a later step.
     */
    private static void cleanUp(HubCluster cluster, Pod own, Work work) {
        boolean interrupted = Thread.interrupted();
        try {
            cluster.deletePod(own, CLEANING_UP);
        } catch (Refusal refusal) {
            work.report("could not delete " + own.name(), 0, 1);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Deletes what a former run left, and waits until it is gone. */
    void reap(HubCluster cluster, String namespace, Work work) throws InterruptedException {
        var unused = patience.await(limits.homesProbe(), work, () -> {
            List<Pod> left = ours(cluster, namespace, work);
            left.stream().filter(pod -> !pod.terminating()).forEach(pod -> cluster.deletePod(pod, work));
            return left.isEmpty() ? Optional.of(true) : Optional.empty();
        });
    }

    private HomesProbe probe(Pod hubPod, HomeLayout layout, Work work) {
        Map<String, String> labels = Map.of(
                Labels.MANAGED_BY,
                Labels.HUBFERRY,
                Labels.MIGRATION,
                work.migration().value(),
                Labels.PURPOSE,
                PURPOSE);
        return new HomesProbe(
                hubPod.namespace(),
                "hubferry-homes-" + work.migration().value(),
                labels,
                hubPod.name(),
                layout.claim(),
                layout.directory(),
                SCRIPT,
                limits.homesProbe().multipliedBy(2));
    }

    private static List<Pod> ours(HubCluster cluster, String namespace, Work work) {
        return cluster.pods(namespace).stream()
                .filter(pod -> Labels.HUBFERRY.equals(pod.labels().get(Labels.MANAGED_BY))
                        && PURPOSE.equals(pod.labels().get(Labels.PURPOSE))
                        && work.migration().value().equals(pod.labels().get(Labels.MIGRATION)))
                .toList();
    }

    private static Optional<Integer> answer(String log) {
        Matcher matcher = ANSWER.matcher(log);
        return matcher.find() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }

    private Refusal failed(HubCluster cluster, HomesProbe probe) {
        String state = cluster.pod(probe.namespace(), probe.name())
                .map(pod -> "is " + pod.phase()
                        + pod.trouble().map(why -> " (" + why + ")").orElse(""))
                .orElse("is gone");
        return Refusal.of(
                ErrorCode.SMOKE_TEST_FAILED,
                "the pod %s/%s that mounts the homes claim %s %s after at most %d s"
                        .formatted(
                                probe.namespace(),
                                probe.name(),
                                probe.claim(),
                                state,
                                limits.homesProbe().toSeconds()));
    }
}
