package dev.hubferry.simulation.world;

import dev.hubferry.simulation.chance.Chance;

/** A pass over all homes that works on the target by itself: it outlives the process that started it, and only closing the route ends it. */
final class Runner {
    private static final int QUICK = 400;
    private static final int SLOW = 14_400_000;

    private final World world;
    private final Chance chance;
    private final String command;
    private int next;
    private boolean stopped;

    /** @param command who asked for it, and may adopt it */
    Runner(World world, Chance chance, String command) {
        this.world = world;
        this.chance = chance;
        this.command = command;
    }

    boolean belongsTo(String asking) {
        return command.equals(asking);
    }

    boolean isDone() {
        return next == World.USERS;
    }

    void stop() {
        stopped = true;
    }

    void goOnSoon() {
        boolean slow = world.hasSlowRunners() && chance.dice().oneIn(10);
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
        goOnSoon();
    }
}
