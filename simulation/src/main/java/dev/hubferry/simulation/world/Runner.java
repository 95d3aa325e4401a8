package dev.hubferry.simulation.world;

import dev.hubferry.contracts.PassReport;
import dev.hubferry.simulation.chance.Chance;

/**
 * A pass over all homes that works on the target by itself: it outlives the process that started it, and its attempt; the next pass and
 * the closing of the route end it.
 */
final class Runner {
    private static final int QUICK = 400;
    /** Longer than a migration may need from its seed to its end. */
    private static final int SLOW = 14_400_000;

    private final World world;
    private final Chance chance;
    private final String command;
    private final PassReport.Kind kind;
    private int next;
    private boolean stopped;
    private boolean slow;

    /** @param command who asked for it, and may adopt it */
    Runner(World world, Chance chance, String command, PassReport.Kind kind) {
        this.world = world;
        this.chance = chance;
        this.command = command;
        this.kind = kind;
    }

    boolean belongsTo(String asking) {
        return command.equals(asking);
    }

    boolean isFinal() {
        return kind == PassReport.Kind.FINAL;
    }

    String command() {
        return command;
    }

    boolean isDone() {
        return next == World.USERS;
    }

    boolean isSlow() {
        return slow;
    }

    void stop() {
        stopped = true;
    }

    void goOnSoon() {
        slow = chance.dice().oneIn(world.oneRunnerSlowIn());
        chance.soon(10, slow ? SLOW : QUICK, this::goOn);
    }

    private void goOn() {
        if (stopped || isDone()) {
            return;
        }
        world.newHomes.copyFrom(world.oldHomes, next);
        if (chance.trace().isOn()) {
            chance.trace().say("runner of " + command + " copied the home of user " + next);
        }
        next++;
        if (isFinal()) {
            straggle();
        }
        goOnSoon();
    }

    /** Nobody thought of a process on the storage server, which goes on writing while the source is read for the last time. */
    private void straggle() {
        if (world.lateWrites == 0 || !chance.dice().oneIn(2)) {
            return;
        }
        world.lateWrites--;
        int user = chance.dice().below(World.USERS);
        world.oldHomes.write(Side.SOURCE, user);
        world.acknowledgedOnSource[user]++;
        if (chance.trace().isOn()) {
            chance.trace().say("a straggler writes into the home of user " + user);
        }
    }
}
