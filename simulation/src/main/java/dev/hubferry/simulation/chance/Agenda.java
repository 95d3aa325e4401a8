package dev.hubferry.simulation.chance;

import java.time.Instant;
import java.util.Arrays;

/** Virtual time, and what happens when: a heap of actions, those of one instant in the order in which they were put down. */
public final class Agenda {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final int ORDER_BITS = 22;
    private static final Runnable NOTHING = () -> {};

    private long[] keys = new long[64];
    private Runnable[] actions = new Runnable[64];
    private int size;
    private long order;
    private long now;

    /** Milliseconds since the start of the schedule. */
    public long now() {
        return now;
    }

    public Instant instant() {
        return START.plusMillis(now);
    }

    /** Milliseconds since the start; an instant that is over counts as now. */
    public long millisOf(Instant instant) {
        return Math.max(now, instant.toEpochMilli() - START.toEpochMilli());
    }

    public void in(long millis, Runnable action) {
        at(now + millis, action);
    }

    public void at(long time, Runnable action) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            actions = Arrays.copyOf(actions, 2 * size);
        }
        up(size++, (Math.max(now, time) << ORDER_BITS) | order++, action);
    }

    /** Lets the next thing happen; false when nothing is left. */
    public boolean step() {
        if (size == 0) {
            return false;
        }
        now = keys[0] >>> ORDER_BITS;
        Runnable first = actions[0];
        size--;
        long key = keys[size];
        Runnable action = actions[size];
        actions[size] = NOTHING;
        if (size > 0) {
            down(key, action);
        }
        first.run();
        return true;
    }

    private void up(int from, long key, Runnable action) {
        int at = from;
        while (at > 0 && keys[(at - 1) >>> 1] > key) {
            int parent = (at - 1) >>> 1;
            keys[at] = keys[parent];
            actions[at] = actions[parent];
            at = parent;
        }
        keys[at] = key;
        actions[at] = action;
    }

    private void down(long key, Runnable action) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[child] >= key) {
                break;
            }
            keys[at] = keys[child];
            actions[at] = actions[child];
            at = child;
        }
        keys[at] = key;
        actions[at] = action;
    }
}
