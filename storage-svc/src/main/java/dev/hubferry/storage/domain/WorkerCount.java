package dev.hubferry.storage.domain;

import java.time.Duration;

/**
 * Finds by watching throughput how many workers pay: it begins with few, doubles them as long as that makes the whole clearly faster, and
 * goes back when it does not. More help where each connection is slow by itself (a cloud's limit for a flow, a long link), and cost where
 * processors or disks are busy. Every now and then it looks again, since other work comes and goes.
 */
public final class WorkerCount {
    private static final int FIRST = 2;

    /** More workers have to make the whole faster by this factor to stay. */
    private static final double CLEARLY = 1.2;

    /** After a change, before it is measured: a new connection takes eleven round trips. */
    private static final Duration SETTLING = Duration.ofMillis(500);

    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final Duration LOOKS_AGAIN_AFTER = Duration.ofSeconds(60);

    private final int most;
    private int wanted;
    private int proven;
    private double provenRate;
    private Phase phase = Phase.MEASURES;
    private long phaseBegan;
    private long windowBegan;
    private long workThen;
    private boolean begun;

    private enum Phase {
        /** The number was just changed: nothing is counted yet. */
        SETTLES,
        /** Counts what the number achieves. */
        MEASURES,
        /** Keeps the number for a while. */
        RESTS
    }

    /** @param most workers that there may be, from 1 */
    public WorkerCount(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("there must be a worker, but at most " + most + " were allowed");
        }
        this.most = most;
        this.wanted = Math.min(FIRST, most);
        this.proven = wanted;
    }

    /** How many are wanted now. */
    public int wanted() {
        return wanted;
    }

    /**
     * Takes a look.
     *
     * @param nanos on a clock that never goes back
     * @param work done so far, in any unit
     * @return how many are wanted from now on
     */
    public int seen(long nanos, long work) {
        if (!begun) {
            begun = true;
            enter(Phase.MEASURES, nanos, work);
        }
        switch (phase) {
            case SETTLES -> {
                if (nanos - phaseBegan >= SETTLING.toNanos()) {
                    enter(Phase.MEASURES, nanos, work);
                }
            }
            case MEASURES -> {
                if (nanos - windowBegan >= WINDOW.toNanos()) {
                    decide(nanos, work);
                }
            }
            case RESTS -> {
                if (nanos - phaseBegan >= LOOKS_AGAIN_AFTER.toNanos()) {
                    proven = wanted;
                    provenRate = 0;
                    enter(Phase.MEASURES, nanos, work);
                }
            }
        }
        return wanted;
    }

    private void decide(long nanos, long work) {
        double rate = (double) Math.max(0, work - workThen) / (nanos - windowBegan);
        boolean pays = wanted <= proven || rate >= CLEARLY * provenRate;
        if (pays) {
            proven = wanted;
            provenRate = rate;
        }
        int next = pays ? Math.min(most, 2 * wanted) : proven;
        boolean tries = next > wanted;
        wanted = next;
        enter(tries ? Phase.SETTLES : Phase.RESTS, nanos, work);
    }

    private void enter(Phase next, long nanos, long work) {
        phase = next;
        phaseBegan = nanos;
        windowBegan = nanos;
        workThen = work;
    }
}
