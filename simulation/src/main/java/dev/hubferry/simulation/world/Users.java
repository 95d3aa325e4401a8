package dev.hubferry.simulation.world;

import dev.hubferry.simulation.chance.Chance;
import java.util.Arrays;

/** People who follow the hub's name, through caches, to whichever hub is open, start servers there, and write. */
public final class Users {
    private final World world;
    private final Chance chance;
    private final Side[] cached = new Side[World.USERS];
    private final long[] cachedUntil = new long[World.USERS];
    private int writesOnTarget;

    public Users(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
        Arrays.fill(cached, Side.SOURCE);
        Arrays.fill(cachedUntil, World.OLD_TTL * 1_000L);
    }

    /** Somebody does something. */
    public void act() {
        int user = chance.dice().below(World.USERS);
        Side server = serverOf(user);
        if (world.hub(server).pods[user]) {
            work(user, server);
        } else {
            visit(user);
        }
    }

    int writesOnTarget() {
        return writesOnTarget;
    }

    /** Whether some resolver would still lead a user to the source. */
    boolean someCacheLeadsToSource() {
        for (int user = 0; user < World.USERS; user++) {
            if (cached[user] == Side.SOURCE && chance.agenda().now() < cachedUntil[user]) {
                return true;
            }
        }
        return false;
    }

    private Side serverOf(int user) {
        return world.target.pods[user] ? Side.TARGET : Side.SOURCE;
    }

    private void work(int user, Side server) {
        if (chance.dice().oneIn(6)) {
            world.hub(server).pods[user] = false;
            return;
        }
        switch (server) {
            case SOURCE -> {
                world.oldHomes.write(server, user);
                world.acknowledgedOnSource[user]++;
            }
            case TARGET -> {
                world.newHomes.write(server, user);
                world.acknowledgedOnTarget[user]++;
                writesOnTarget++;
            }
        }
        say(user, "writes on", server);
    }

    private void visit(int user) {
        Side side = resolve(user);
        if (!world.hub(side).isOpen()) {
            return;
        }
        switch (side) {
            case SOURCE -> {
                world.sourceDatabase = world.sourceDatabase.withLogin();
                world.loginsOnSource++;
            }
            case TARGET -> {
                world.targetDatabase = world.targetDatabase.withLogin();
                world.loginsOnTarget++;
            }
        }
        say(user, "logs in on", side);
        chance.soon(1, 5_000, () -> spawn(user, side));
    }

    /** A server that was asked for comes up even when the way in was shut meanwhile, as long as the hub runs. */
    private void spawn(int user, Side side) {
        if (world.hub(side).replicas > 0) {
            world.hub(side).pods[user] = true;
        }
    }

    private Side resolve(int user) {
        if (chance.agenda().now() >= cachedUntil[user]) {
            Zone answer = world.served[chance.dice().below(world.served.length)];
            cached[user] = answer.leadsTo();
            cachedUntil[user] = chance.agenda().now() + answer.ttl() * 1_000L;
        }
        return cached[user];
    }

    private void say(int user, String what, Side side) {
        if (chance.trace().isOn()) {
            chance.trace().say("user " + user + " " + what + " " + side);
        }
    }
}
