package dev.hubferry.storage.domain.plan;

/**
 * How much there is of something.
 *
 * @param entries of any type, each name of a hard link among them
 * @param files regular files, all names of a hard link together being one
 * @param bytes of those files
 */
public record Amount(long entries, long files, long bytes) {
    public static final Amount NONE = new Amount(0, 0, 0);

    Amount plus(Amount other) {
        return new Amount(entries + other.entries, files + other.files, bytes + other.bytes);
    }
}
