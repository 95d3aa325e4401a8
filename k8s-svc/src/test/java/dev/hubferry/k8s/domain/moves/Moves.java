package dev.hubferry.k8s.domain.moves;

import dev.hubferry.k8s.domain.HubWorld;
import dev.hubferry.k8s.domain.MemoryWork;
import dev.hubferry.k8s.domain.cluster.ClusterChanges.Restored;
import dev.hubferry.k8s.domain.cluster.FrontDoor;
import java.util.Optional;

/** The moves on a world of maps. */
final class Moves {
    final HubWorld world = new HubWorld();
    MemoryWork work = new MemoryWork("m1");
    FrontDoor.Answer answer = new FrontDoor.Answer.Status(200, "{\"version\": \"5.2.1\"}");

    /** The run after a crash. */
    void restart() {
        work = work.next();
    }

    TargetHold targetHold() {
        return new TargetHold(world.clusters(), world.patience(), HubWorld.LIMITS, HubWorld.CLOCK);
    }

    SourceWayIn sourceWayIn() {
        return new SourceWayIn(world.clusters(), world.patience(), HubWorld.LIMITS, HubWorld.CLOCK);
    }

    UserEviction eviction() {
        return new UserEviction(world.clusters(), world.storages(), world.patience(), HubWorld.LIMITS);
    }

    SourceHub sourceHub() {
        return new SourceHub(world.clusters(), eviction(), world.patience(), HubWorld.LIMITS);
    }

    SmokeTest smokeTest() {
        return new SmokeTest(world.clusters(), world.storages(), world.patience(), HubWorld.LIMITS);
    }

    Fence fence() {
        return new Fence(world.clusters(), world.storages());
    }

    LiveCheck liveCheck() {
        return new LiveCheck(
                world.clusters(), (place, address, host, path) -> answer, world.patience(), HubWorld.LIMITS);
    }

    void hold() throws InterruptedException {
        targetHold().hold(HubWorld.TARGET, work);
    }

    boolean release() {
        return targetHold().release(HubWorld.TARGET, work);
    }

    void close() throws InterruptedException {
        var unused = sourceWayIn().close(HubWorld.SOURCE, work);
    }

    Optional<Restored> reopen() throws InterruptedException {
        return sourceWayIn().reopen(HubWorld.SOURCE, work).service();
    }

    int evict() throws InterruptedException {
        return eviction().evict(HubWorld.SOURCE, HubWorld.SOURCE_HOMES, work);
    }

    void stopSource() throws InterruptedException {
        sourceHub().stop(HubWorld.SOURCE, work);
    }

    boolean startSource() throws InterruptedException {
        return sourceHub().start(HubWorld.SOURCE, work);
    }

    void startTarget() throws InterruptedException {
        targetHold().start(HubWorld.TARGET, work);
    }

    boolean stopTarget() throws InterruptedException {
        return targetHold().stop(HubWorld.TARGET, work);
    }

    SmokeTest.Passed smoke() throws InterruptedException {
        return smokeTest().run(HubWorld.TARGET, HubWorld.TARGET_HOMES, 2, work);
    }

    void confirmFence() {
        fence().confirm(HubWorld.SOURCE, HubWorld.TARGET, HubWorld.SOURCE_HOMES, work);
    }

    void open() throws InterruptedException {
        var unused = targetHold().open(HubWorld.TARGET, work);
    }

    /** Everything up to, not including, the step of that name. */
    void upTo(String step) throws InterruptedException {
        for (Step each : Step.values()) {
            if (each.name().equals(step)) {
                return;
            }
            each.run(this);
        }
    }

    /** The steps that change something, in the saga's order. */
    enum Step {
        HOLD_TARGET,
        CLOSE_SOURCE,
        EVICT_USERS,
        STOP_SOURCE_HUB,
        START_TARGET_HUB,
        SMOKE_TEST,
        OPEN_TARGET;

        void run(Moves moves) throws InterruptedException {
            switch (this) {
                case HOLD_TARGET -> moves.hold();
                case CLOSE_SOURCE -> moves.close();
                case EVICT_USERS -> {
                    var unused = moves.evict();
                }
                case STOP_SOURCE_HUB -> moves.stopSource();
                case START_TARGET_HUB -> moves.startTarget();
                case SMOKE_TEST -> {
                    var unused = moves.smoke();
                }
                case OPEN_TARGET -> moves.open();
            }
        }

        /** Whether there was something to undo. */
        boolean undo(Moves moves) throws InterruptedException {
            return switch (this) {
                case HOLD_TARGET -> moves.release();
                case CLOSE_SOURCE ->
                    moves.sourceWayIn().reopen(HubWorld.SOURCE, moves.work).happened();
                case STOP_SOURCE_HUB -> moves.startSource();
                case START_TARGET_HUB -> moves.stopTarget();
                case EVICT_USERS, SMOKE_TEST, OPEN_TARGET -> throw new IllegalStateException(this + " has no undo");
            };
        }
    }
}
