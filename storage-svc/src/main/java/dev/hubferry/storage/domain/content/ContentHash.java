package dev.hubferry.storage.domain.content;

import dev.hubferry.storage.domain.manifest.ManifestEntry;

/**
 * The hash of a file, and in which state the file had it. Written down as {@code PATH//INODE CTIME SIZE SHA256}.
 *
 * @param path as a manifest has it
 * @param stamp of the file, before and after it was hashed
 * @param sha256 lower-case hex
 */
public record ContentHash(String path, FileStamp stamp, String sha256) {
    private static final int LENGTH = 64;
    private static final String SEPARATOR = "//";

    public ContentHash {
        if (!isHash(sha256)) {
            throw new IllegalArgumentException("not the hash of " + path + ": " + sha256);
        }
    }

    private static boolean isHash(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /** What orders hashes, as it orders the entries of a manifest. */
    public String key() {
        return path + SEPARATOR;
    }

    public String record() {
        return key() + stamp + " " + sha256;
    }

    /** @throws IllegalArgumentException for a record that is not whole */
    public static ContentHash parse(String record) {
        int path = record.indexOf(SEPARATOR);
        int hash = record.lastIndexOf(' ');
        if (path < 0 || hash < path) {
            throw new IllegalArgumentException("not the record of a hash: " + record);
        }
        return new ContentHash(
                record.substring(0, path),
                FileStamp.parse(record.substring(path + SEPARATOR.length(), hash)),
                record.substring(hash + 1));
    }

    /** Whether the entry is in the state in which it was hashed. */
    public boolean isOf(ManifestEntry entry) {
        return entry.isFile()
                && entry.path().equals(path)
                && entry.inode().equals(stamp.inode())
                && entry.ctime().equals(stamp.ctime())
                && entry.size() == stamp.size();
    }
}
