package dev.hubferry.k8s.adapter.fabric8;

import static dev.hubferry.k8s.adapter.fabric8.FakeWorld.SOURCE;
import static dev.hubferry.k8s.adapter.fabric8.FakeWorld.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.fakes.kubernetes.FakeKubernetes;
import dev.hubferry.fakes.kubernetes.http.Fault;
import dev.hubferry.k8s.domain.Refusal;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each step loses the connection at each of its requests in turn, after the request took effect and before its answer came. */
class CrashPointsTest {
    private static final int MOST_REQUESTS = 60;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Step.class)
    void convergesAndIsUndoneWhereverItDies(Step step) throws Exception {
        // Given
        try (FakeWorld world = new FakeWorld(directory, "ClusterIP", 0, 1)) {
            step.prepare(world);
            String before = state(world);
            String after = "";

            for (int n = 1; n < MOST_REQUESTS; n++) {
                // When
                boolean died = diesAt(n, step.cluster(world), () -> step.run(world));
                world.restart();
                step.run(world);

                // Then
                after = after.isEmpty() ? state(world) : after;
                assertThat(state(world)).isEqualTo(after).isNotEqualTo(before);

                // When
                var undoDied = diesAt(n, step.cluster(world), () -> step.undo(world));
                world.restart();
                step.undo(world);

                // Then
                assertThat(state(world)).isEqualTo(before);
                if (!died && !undoDied) {
                    return;
                }
            }
            throw new AssertionError("the step never ended");
        }
    }

    private static boolean diesAt(int n, FakeKubernetes cluster, Action action) throws InterruptedException {
        AtomicInteger requests = new AtomicInteger();
        cluster.faults().next(1, request -> requests.incrementAndGet() == n, new Fault.DropReply());
        boolean died = false;
        try {
            action.run();
        } catch (Refusal refusal) {
            died = true;
        }
        cluster.faults().clear();
        return died;
    }

    private static String state(FakeWorld world) {
        return Stream.of(world.old, world.fresh)
                .map(cluster -> world.service(cluster) + " " + world.replicas(cluster))
                .toList()
                .toString();
    }

    @FunctionalInterface
    private interface Action {
        void run() throws InterruptedException;
    }

    /** Steps that have an undo. */
    private enum Step {
        HOLD_TARGET,
        CLOSE_SOURCE,
        STOP_SOURCE_HUB,
        START_TARGET_HUB;

        void prepare(FakeWorld world) throws InterruptedException {
            if (this == START_TARGET_HUB) {
                world.targetHold().hold(TARGET, world.work);
            }
        }

        FakeKubernetes cluster(FakeWorld world) {
            return switch (this) {
                case HOLD_TARGET, START_TARGET_HUB -> world.fresh;
                case CLOSE_SOURCE, STOP_SOURCE_HUB -> world.old;
            };
        }

        void run(FakeWorld world) throws InterruptedException {
            switch (this) {
                case HOLD_TARGET -> world.targetHold().hold(TARGET, world.work);
                case CLOSE_SOURCE -> {
                    var unused = world.sourceWayIn().close(SOURCE, world.work);
                }
                case STOP_SOURCE_HUB -> world.sourceHub().stop(SOURCE, world.work);
                case START_TARGET_HUB -> world.targetHold().start(TARGET, world.work);
            }
        }

        void undo(FakeWorld world) throws InterruptedException {
            boolean unused = switch (this) {
                case HOLD_TARGET -> world.targetHold().release(TARGET, world.work);
                case CLOSE_SOURCE ->
                    world.sourceWayIn().reopen(SOURCE, world.work).happened();
                case STOP_SOURCE_HUB -> world.sourceHub().start(SOURCE, world.work);
                case START_TARGET_HUB -> world.targetHold().stop(TARGET, world.work);
            };
        }
    }
}
