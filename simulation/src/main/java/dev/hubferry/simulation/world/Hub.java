package dev.hubferry.simulation.world;

/** A hub as far as a move sees it: its way in, its process, and the users' servers that it started. */
public final class Hub {
    boolean service = true;
    boolean held;
    int replicas;
    final boolean[] pods = new boolean[World.USERS];

    Hub(int replicas) {
        this.replicas = replicas;
    }

    /** Whether who finds the address gets in. */
    boolean isOpen() {
        return service && !held && replicas > 0;
    }

    int podCount() {
        int count = 0;
        for (boolean pod : pods) {
            count += pod ? 1 : 0;
        }
        return count;
    }

    String shape() {
        return "service=" + service + " held=" + held + " replicas=" + replicas;
    }
}
