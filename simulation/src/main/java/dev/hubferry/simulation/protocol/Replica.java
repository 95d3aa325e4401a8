package dev.hubferry.simulation.protocol;

/** One process of a service. */
public final class Replica {
    private final String name;
    private boolean up = true;
    private long asleepUntil;

    Replica(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    boolean isUp() {
        return up;
    }

    long asleepUntil() {
        return asleepUntil;
    }

    /** Up and not asleep. */
    boolean acts(long now) {
        return up && now >= asleepUntil;
    }

    void dies() {
        up = false;
    }

    void starts() {
        up = true;
        asleepUntil = 0;
    }

    void sleepsUntil(long time) {
        asleepUntil = time;
    }
}
