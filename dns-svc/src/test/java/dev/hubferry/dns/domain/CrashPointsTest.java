package dev.hubferry.dns.domain;

import static dev.hubferry.dns.domain.World.HUB;
import static dev.hubferry.dns.domain.World.LOW;
import static dev.hubferry.dns.domain.World.NEW;
import static dev.hubferry.dns.domain.World.NEW_NAME;
import static dev.hubferry.dns.domain.World.OLD;
import static dev.hubferry.dns.domain.World.RECORD;
import static dev.hubferry.dns.domain.World.ZONE;
import static dev.hubferry.dns.domain.World.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each use case is ended at every single step in turn and run again, and again undone: one correct zone comes out. */
class CrashPointsTest {

    /** A run of one or more use cases. */
    @FunctionalInterface
    private interface Run {
        void on(World world) throws InterruptedException;
    }

    private static final Run LOWER = world -> done(world.zone.lowerTtl().execute(HUB, OLD, LOW, world.work));
    private static final Run SWITCH = world -> done(world.zone.switchRecord().execute(HUB, OLD, NEW, world.work));
    private static final Run SWITCH_TO_NAME =
            world -> done(world.zone.switchRecord().execute(HUB, OLD, NEW_NAME, world.work));
    private static final Run SWITCH_BACK =
            world -> done(world.zone.switchRecord().undo(HUB, world.work));
    private static final Run RESTORE = world -> done(world.zone.restoreTtl().execute(HUB, world.work));
    private static final Run NOTHING = _ -> {};

    @Test
    void lowersTheTimeToLiveOnce() throws InterruptedException {
        crashEverywhere(NOTHING, LOWER, LOWER, world -> {
            assertThat(world.provider.zone().sameAs(ZONE.replacing(RECORD, RECORD.withTtl(300))))
                    .isTrue();
            assertThat(world.provider.replacements()).isOne();
        });
    }

    @Test
    void takesBackALoweringThatEndedAnywhere() throws InterruptedException {
        crashEverywhere(NOTHING, LOWER, RESTORE, CrashPointsTest::isAsBefore);
    }

    @Test
    void switchesTheRecordOnce() throws InterruptedException {
        crashEverywhere(LOWER, SWITCH, SWITCH, world -> {
            assertThat(world.record()).isEqualTo(ZoneRecord.of("hub", "A", "192.0.2.2", 300));
            assertThat(world.provider.zone().records()).hasSize(4);
            assertThat(world.provider.replacements()).isEqualTo(2);
        });
    }

    @Test
    void takesBackASwitchThatEndedAnywhere() throws InterruptedException {
        crashEverywhere(NOTHING, SWITCH_TO_NAME, SWITCH_BACK, CrashPointsTest::isAsBefore);
    }

    @Test
    void completesATakingBackThatEndedAnywhere() throws InterruptedException {
        crashEverywhere(SWITCH, SWITCH_BACK, SWITCH_BACK, CrashPointsTest::isAsBefore);
        crashEverywhere(LOWER, RESTORE, RESTORE, CrashPointsTest::isAsBefore);
    }

    @Test
    void takesBackBothInReverse() throws InterruptedException {
        Run both = world -> {
            SWITCH_BACK.on(world);
            RESTORE.on(world);
        };
        crashEverywhere(LOWER, SWITCH_TO_NAME, both, CrashPointsTest::isAsBefore);
    }

    private static void isAsBefore(World world) {
        assertThat(world.provider.zone().sameAs(ZONE)).isTrue();
        assertThat(world.isForgotten()).isTrue();
    }

    private static void crashEverywhere(Run before, Run crashing, Run after, Consumer<World> expectation)
            throws InterruptedException {
        int crashes = 0;
        for (boolean crashed = true; crashed; crashes++) {
            // Given
            World world = new World();
            before.on(world);
            world.crashes.at(crashes + 1);
            // When
            crashed = crashes(crashing, world);
            world.crashes.never();
            after.on(world);
            // Then
            expectation.accept(world);
        }
        assertThat(crashes).isGreaterThan(8);
    }

    private static boolean crashes(Run run, World world) throws InterruptedException {
        try {
            run.on(world);
            return false;
        } catch (Crashes.Crash crash) {
            return true;
        }
    }
}
