package dev.hubferry.dns.domain;

/** Keeps the calls of one account within its provider's limits, over all zones, migrations and replicas. */
@FunctionalInterface
public interface CallBudget {

    /** Calls in any minute, hour and day. */
    record Limits(int perMinute, int perHour, int perDay) {
        public Limits {
            if (perMinute < 1 || perHour < 1 || perDay < 1) {
                throw new IllegalArgumentException(
                        "each limit must be at least 1, but they are " + perMinute + ", " + perHour + " and " + perDay);
            }
        }
    }

    /**
     * Returns when a call may be made, and counts it.
     *
     * @throws DnsAccessException when that would take more than a minute: the step is better tried again later, for it holds its zone
     */
    void take() throws InterruptedException;

    /**
     * The same budget for calls that nobody would miss: one is there while less than half of every limit is used up, and nobody waits for
     * it. Its {@link #take} throws {@link NoSpareCallException} when there is none.
     */
    default CallBudget spare() {
        return this;
    }
}
