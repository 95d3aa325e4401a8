package dev.hubferry.dns.domain;

/** Ends the process, so to say, at a chosen step of a run. */
final class Crashes {

    /** The process is gone. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crash(String where) {
            super(where);
        }
    }

    private int untilCrash = Integer.MAX_VALUE;

    /** The {@code n}th step from now, counting from 1, is the last. */
    void at(int n) {
        untilCrash = n;
    }

    void never() {
        untilCrash = Integer.MAX_VALUE;
    }

    void step(String where) {
        if (--untilCrash == 0) {
            throw new Crash(where);
        }
    }
}
