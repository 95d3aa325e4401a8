package dev.hubferry.bench.homes;

/** Says how long bytes have to wait so that no more than a rate passes; not for several threads. */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double bytesPerNano;
    private final long burstNanos;
    private long free;

    /**
     * @param bytesPerSecond the rate
     * @param burstBytes how much may pass at once after a pause
     * @param now on the clock that is used later, in nanoseconds
     */
    TokenBucket(double bytesPerSecond, long burstBytes, long now) {
        if (bytesPerSecond <= 0 || burstBytes < 0) {
            throw new IllegalArgumentException("a rate must be positive and a burst not negative, but were "
                    + bytesPerSecond + " and " + burstBytes);
        }
        this.bytesPerNano = bytesPerSecond / NANOS;
        this.burstNanos = Math.round(burstBytes / bytesPerNano);
        this.free = now - burstNanos;
    }

    /** Takes tokens for so many bytes; returns the nanoseconds to wait before they may pass, 0 for none. */
    long take(int bytes, long now) {
        free = Math.max(free, now - burstNanos) + Math.round(bytes / bytesPerNano);
        return Math.max(0, free - now);
    }
}
