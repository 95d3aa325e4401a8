package dev.hubferry.simulation.world;

/**
 * The users' homes of one side: per user how many of the writes made on the source, and on the target, they hold. A copy takes both
 * numbers along, so what it overwrites is gone.
 */
public final class Homes {
    final int[] fromSource = new int[World.USERS];
    final int[] fromTarget = new int[World.USERS];

    void copyFrom(Homes other, int user) {
        fromSource[user] = other.fromSource[user];
        fromTarget[user] = other.fromTarget[user];
    }

    boolean sameAs(Homes other, int user) {
        return fromSource[user] == other.fromSource[user] && fromTarget[user] == other.fromTarget[user];
    }

    boolean sameAs(Homes other) {
        for (int user = 0; user < World.USERS; user++) {
            if (!sameAs(other, user)) {
                return false;
            }
        }
        return true;
    }

    void write(Side where, int user) {
        switch (where) {
            case SOURCE -> fromSource[user]++;
            case TARGET -> fromTarget[user]++;
        }
    }
}
