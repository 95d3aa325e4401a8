package dev.hubferry.contracts;

/**
 * The account that everything belongs to on the target.
 *
 * @param uid from 1: what is setuid must not become root's
 * @param gid from 0
 */
public record HomesOwner(long uid, long gid) {
    /** One more means "none" to the kernel. */
    public static final long LARGEST = 4_294_967_294L;

    public static final long SMALLEST_UID = 1;

    public HomesOwner {
        requireBetween(uid, SMALLEST_UID, "uid");
        requireBetween(gid, 0, "gid");
    }

    private static void requireBetween(long value, long least, String component) {
        if (value < least || value > LARGEST) {
            throw new IllegalArgumentException(
                    "%s must be from %d to %d, but was %d".formatted(component, least, LARGEST, value));
        }
    }

    @Override
    public String toString() {
        return uid + ":" + gid;
    }
}
