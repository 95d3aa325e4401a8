package dev.hubferry.k8s.domain.moves;

import static dev.hubferry.k8s.domain.HubWorld.SOURCE;
import static dev.hubferry.k8s.domain.moves.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.HubWorld;
import dev.hubferry.k8s.domain.cluster.ClusterChanges.Restored;
import dev.hubferry.k8s.domain.cluster.Door;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceWayInTest {
    private final Moves moves = new Moves();
    private final HubWorld world = moves.world;

    @Test
    void deletesThePublicServiceOfTheSource() throws Exception {
        // When
        moves.close();

        // Then
        assertThat(world.old.service("astro", "proxy-public")).isEmpty();
        assertThat(world.old.service("support", "support-ingress-nginx-controller"))
                .isPresent();
    }

    @Test
    void tellsWhenItWasFirstClosedHoweverOftenItIsAsked() throws Exception {
        // When
        var first = moves.sourceWayIn().close(SOURCE, moves.work);
        moves.restart();
        var second = moves.sourceWayIn().close(SOURCE, moves.work);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void shutsALoadBalancerBySelectorSoThatItKeepsItsAddress() throws Exception {
        // Given
        world.old.removeService("astro", "proxy-public");
        world.old.put(HubWorld.publicService("proxy-public", "astro", "LoadBalancer"));
        String before = world.describe();

        // When
        moves.close();
        Optional<String> holder = proxy(SOURCE.cluster()).holder();
        var restored = moves.reopen();

        // Then
        assertThat(holder).contains("m1");
        assertThat(restored).isEmpty();
        assertThat(world.describe()).isEqualTo(before);
    }

    @Test
    void refusesToCloseASourceWithTwoPublicServices() {
        // Given
        world.old.put(HubWorld.publicService("proxy-public-too", "astro", "ClusterIP"));
        String before = world.describe();

        // When / Then
        refused(ErrorCode.HUB_NOT_FOUND, moves::close).contains("proxy-public, proxy-public-too");
        assertThat(world.describe()).isEqualTo(before);
    }

    @Test
    void refusesAPublicServiceOfAnotherNameThatWasMadeSince() throws Exception {
        // Given
        moves.close();
        world.old.put(HubWorld.publicService("proxy-public-too", "astro", "ClusterIP"));

        // When / Then
        refused(ErrorCode.FENCE_BROKEN, moves::close).contains("proxy-public-too");
        assertThat(world.old.service("astro", "proxy-public-too")).isPresent();
        moves.reopen();
        assertThat(world.old.service("astro", "proxy-public")).isPresent();
    }

    @Test
    void doesNotTakeAServiceThatIsStillGoingForAStandingOne() throws Exception {
        // Given
        String before = world.describe();
        world.old.servicesLinger = 30;
        refused(ErrorCode.FENCE_BROKEN, moves::close).contains("still stands");

        // When / Then
        refused(ErrorCode.HUB_NOT_READY, moves::reopen).contains("not gone after 10 s");
        assertThat(moves.work.effects()).containsKey("source-service-deleted");
        assertThat(moves.reopen()).contains(Restored.AS_BEFORE);
        world.settle();
        assertThat(world.describe()).isEqualTo(before);
    }

    @Test
    void leavesAServiceAloneThatSomebodyElseMadeMeanwhile() throws Exception {
        // Given
        moves.close();
        Door theirs = new Door(
                "astro",
                "proxy-public",
                "",
                "ClusterIP",
                Map.of("app", "jupyterhub", "component", "proxy-public", "release", "astro"),
                Map.of("component", "autohttps"),
                List.of());
        world.old.put(theirs);

        // When
        var restored = moves.reopen();

        // Then
        assertThat(restored).contains(Restored.STOOD_DIFFERENT);
        assertThat(proxy(SOURCE.cluster()).selector()).containsEntry("component", "autohttps");
    }

    private Door proxy(String cluster) {
        return world.clusters().named(cluster).service("astro", "proxy-public").orElseThrow();
    }
}
