package dev.hubferry.k8s.domain.moves;

import static dev.hubferry.k8s.domain.moves.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.k8s.domain.HubWorld;
import dev.hubferry.k8s.domain.MemoryWork;
import dev.hubferry.k8s.domain.cluster.Pod;
import org.junit.jupiter.api.Test;

class SmokeTestTest {
    private final Moves moves = new Moves();
    private final HubWorld world = moves.world;

    @Test
    void smokeTestSeesHubHomesAndIngress() throws Exception {
        // Given
        moves.upTo("SMOKE_TEST");
        world.fresh.users = HubWorld.users("ann", "john.doe@x.edu", "admin");

        // When
        SmokeTest.Passed passed = moves.smoke();
        world.settle();

        // Then
        assertThat(passed.hubVersion()).isEqualTo("5.2.1");
        assertThat(passed.users()).hasValue(3);
        assertThat(passed.homeDirectories()).isEqualTo(2);
        assertThat(passed.ingress().value()).isEqualTo("198.51.100.2");
        assertThat(world.fresh.pods("astro")).noneMatch(pod -> pod.name().startsWith("hubferry"));
    }

    @Test
    void smokeTestDoesNotClaimAUserCountThatNobodyTold() throws Exception {
        // Given
        moves.upTo("SMOKE_TEST");

        // When / Then
        assertThat(moves.smoke().users()).isEmpty();
    }

    @Test
    void smokeTestMissesUsers() throws Exception {
        // Given
        moves.upTo("SMOKE_TEST");
        world.fresh.users = HubWorld.users("ann");

        // When / Then
        refused(ErrorCode.SMOKE_TEST_FAILED, moves::smoke).contains("1 users where the moved database holds 2");
    }

    @Test
    void smokeTestFailsOnEmptyHomesAndLeavesNoPod() throws Exception {
        // Given
        moves.upTo("SMOKE_TEST");
        world.fresh.probeLog = "hubferry: 0 directories";

        // When / Then
        refused(ErrorCode.SMOKE_TEST_FAILED, moves::smoke).contains("no directory");
        world.settle();
        assertThat(world.fresh.pods("astro")).noneMatch(pod -> pod.name().startsWith("hubferry"));
    }

    @Test
    void leavesThePodOfTheRunThatHasTakenItsPlace() throws Exception {
        // Given
        moves.upTo("SMOKE_TEST");
        world.meanwhile = () -> {
            world.fresh.pods("astro").stream()
                    .filter(pod -> pod.name().startsWith("hubferry"))
                    .forEach(own -> world.fresh.put(anotherLike(own)));
            moves.work.lose();
        };

        // When
        Throwable thrown = catchThrowable(moves::smoke);
        world.meanwhile = () -> {};
        world.settle();

        // Then
        assertThat(thrown).isInstanceOf(MemoryWork.Lost.class);
        assertThat(world.fresh.pods("astro"))
                .filteredOn(pod -> pod.name().startsWith("hubferry"))
                .hasSize(1);
    }

    private Pod anotherLike(Pod pod) {
        return new Pod(
                pod.namespace(),
                pod.name(),
                world.fresh.uid(),
                pod.labels(),
                pod.annotations(),
                "Pending",
                false,
                false,
                pod.trouble(),
                pod.controller(),
                pod.mounts());
    }

    @Test
    void smokeTestLeavesNoPodWhereverItLosesItsLease() throws Exception {
        for (int times = 0; times < 20; times++) {
            // Given
            Moves each = new Moves();
            each.upTo("SMOKE_TEST");
            each.world.fresh.probeLog = "it says nothing";
            each.work.loseAfter(times);

            // When
            Throwable thrown = catchThrowable(each::smoke);
            each.world.settle();

            // Then
            assertThat(thrown).isNotNull();
            assertThat(each.world.fresh.pods("astro"))
                    .noneMatch(pod -> pod.name().startsWith("hubferry"));
        }
    }
}
