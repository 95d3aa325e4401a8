package dev.hubferry.k8s.domain.moves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import dev.hubferry.k8s.domain.HubWorld;
import dev.hubferry.k8s.domain.Pods;
import dev.hubferry.k8s.domain.Refusal;
import dev.hubferry.k8s.domain.cluster.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FenceTest {
    private final Moves moves = new Moves();
    private final HubWorld world = moves.world;

    @Test
    void confirmsTheFenceWhenEverythingIsShut() throws Exception {
        // Given
        moves.upTo("OPEN_TARGET");

        // When / Then
        moves.confirmFence();
    }

    @Test
    void takesNoNoticeOfPodsThatHaveEnded() throws Exception {
        // Given
        world.old.put(endedPodOfTheHub());
        moves.upTo("OPEN_TARGET");
        world.old.put(Pods.ended(Pods.server(world.old, "late", "late")));

        // When / Then
        moves.confirmFence();
    }

    @Test
    void seesThatARedeployBroughtTheSourceBack() throws Exception {
        // Given
        moves.upTo("OPEN_TARGET");
        world.old.put(HubWorld.publicService("proxy-public", "astro", "ClusterIP"));
        world.old.scale("astro", "hub", 1, () -> {});
        world.old.put(Pods.server(world.old, "late", "late"));
        world.fresh.put(HubWorld.publicService("proxy-public", "astro", "ClusterIP"));

        // When / Then
        assertThatExceptionOfType(Refusal.class).isThrownBy(moves::confirmFence).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.FENCE_BROKEN);
            assertThat(refusal.rejected().problems())
                    .extracting(Problem::where)
                    .containsExactly(
                            "Service proxy-public of the source old/astro",
                            "Deployment hub of the source old/astro",
                            "pod astro/jupyter-late of cluster old",
                            "the public Service of the target new/astro");
        });
    }

    @Test
    void seesWhoCanWriteToTheHomesOfTheTarget() throws Exception {
        // Given
        moves.upTo("OPEN_TARGET");
        world.fresh.put(Pods.server(world.fresh, "early", "early"));
        world.fresh.put(Pods.other(world.fresh, "astro", "restore", Pods.mount("home-nfs", "/homes", "", false)));

        // When / Then
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(moves::confirmFence)
                .satisfies(refusal -> assertThat(refusal.rejected().problems())
                        .extracting(Problem::where)
                        .containsExactly("pod astro/jupyter-early of cluster new", "pod astro/restore of cluster new"));
    }

    private Pod endedPodOfTheHub() {
        Pod running = world.old.pods("astro").stream()
                .filter(pod -> pod.name().startsWith("hub-"))
                .findFirst()
                .orElseThrow();
        return Pods.ended(new Pod(
                "astro",
                "hub-evicted",
                world.old.uid(),
                running.labels(),
                Map.of(),
                running.phase(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of()));
    }
}
