package dev.hubferry.simulation.chance;

/** The only source of chance of a schedule (SplitMix64): cheap to seed, so that each schedule has its own. */
public final class Dice {
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private long state;

    private Dice(long state) {
        this.state = state;
    }

    /** The dice of one schedule of a seed; those of neighbours have nothing in common. */
    public static Dice of(long seed, long index) {
        return new Dice(mix(mix(seed + STEP) ^ mix(index + 1)));
    }

    /** From 0 to below {@code bound}. */
    public int below(int bound) {
        return (int) ((next() >>> 33) % bound);
    }

    /** Both ends included. */
    public int between(int least, int most) {
        return least + below(most - least + 1);
    }

    public boolean oneIn(int times) {
        return below(times) == 0;
    }

    public long next() {
        state += STEP;
        return mix(state);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
