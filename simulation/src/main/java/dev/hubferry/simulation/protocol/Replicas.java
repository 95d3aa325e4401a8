package dev.hubferry.simulation.protocol;

import dev.hubferry.simulation.chance.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of one service: one or two. */
public final class Replicas {
    private static final int LONGEST_DOWN = 20_000;
    private static final int RETRY = 1_000;

    private final Chance chance;
    private final String service;
    private final List<Replica> all = new ArrayList<>(2);

    public Replicas(Chance chance, String service) {
        this.chance = chance;
        this.service = service;
        all.add(new Replica(service + "-0"));
        if (chance.dice().oneIn(2)) {
            all.add(new Replica(service + "-1"));
        }
    }

    /** Some process that can act now, any of them. */
    public Optional<Replica> acting() {
        long now = chance.agenda().now();
        int first = all.size() == 1 ? 0 : chance.dice().below(2);
        for (int i = 0; i < all.size(); i++) {
            Replica candidate = all.get((first + i) % all.size());
            if (candidate.acts(now)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    public boolean canAct() {
        long now = chance.agenda().now();
        for (Replica replica : all) {
            if (replica.acts(now)) {
                return true;
            }
        }
        return false;
    }

    /** When it is worth to try again after {@link #canAct} said no, in milliseconds from now. */
    public long retryAfter() {
        long earliest = Long.MAX_VALUE;
        for (Replica replica : all) {
            long back = replica.isUp() ? replica.asleepUntil() - chance.agenda().now() : RETRY;
            earliest = Math.min(earliest, Math.max(1, back));
        }
        return earliest;
    }

    /** Ends a process, and starts it again after a while. */
    public void kill(Replica replica, Runnable whenBack) {
        if (!replica.isUp()) {
            return;
        }
        replica.dies();
        say(replica, "dies");
        chance.soon(500, LONGEST_DOWN, () -> {
            replica.starts();
            say(replica, "is back");
            whenBack.run();
        });
    }

    /** Suspends a process; time goes on without it. */
    void suspend(Replica replica, long millis, Runnable whenAwake) {
        replica.sleepsUntil(chance.agenda().now() + millis);
        say(replica, "falls asleep");
        chance.agenda().in(millis, () -> {
            if (replica.acts(chance.agenda().now())) {
                say(replica, "wakes up");
                whenAwake.run();
            }
        });
    }

    private void say(Replica replica, String what) {
        if (chance.trace().isOn()) {
            chance.trace().say(replica.name() + " " + what);
        }
    }

    @Override
    public String toString() {
        return service;
    }
}
