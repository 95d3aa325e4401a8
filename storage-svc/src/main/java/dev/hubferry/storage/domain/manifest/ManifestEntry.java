package dev.hubferry.storage.domain.manifest;

import dev.hubferry.contracts.HomesOwner;

/**
 * One entry of a manifest. It keeps the record that find printed and takes it apart only as far as it is asked, since most entries
 * of most passes are only compared.
 *
 * <pre>
 *   PATH//TYPE MODE UID GID SIZE MTIME CTIME INODE LINKS//LINK-TARGET
 * </pre>
 *
 * PATH is relative to the homes directory and begins with {@code ./}; paths and link targets are bytes, as
 * {@link dev.hubferry.storage.domain.PathText} keeps them. TYPE is one letter as {@code find -printf %y} gives it, MODE octal
 * permission bits, SIZE that of a file in bytes and 0 for anything else, MTIME and CTIME seconds since 1970 with a fraction, as
 * {@code find -printf %T@} gives them, INODE and LINKS (how many names it has, also outside the tree) those of its own host.
 *
 * <p>The natural order is that of {@code PATH//} by bytes, in which {@code LC_ALL=C sort -z} puts records: everything below a
 * directory stands together with the directory itself, which may come in the midst of it. Entries are equal in this order, and only in
 * this order, when their paths are.
 */
public final class ManifestEntry implements Comparable<ManifestEntry> {
    private static final String SEPARATOR = "//";
    private static final int FIELDS = 9;
    private static final int MODE = 1;
    private static final int UID = 2;
    private static final int GID = 3;
    private static final int SIZE = 4;
    private static final int MTIME = 5;
    private static final int CTIME = 6;
    private static final int INODE = 7;
    private static final int LINKS = 8;

    private final String record;
    private final int fields;
    private final int ctime;
    private final int linkTarget;

    private ManifestEntry(String record, int fields, int ctime, int linkTarget) {
        this.record = record;
        this.fields = fields;
        this.ctime = ctime;
        this.linkTarget = linkTarget;
    }

    /** @throws IllegalArgumentException for a record that is not whole */
    public static ManifestEntry parse(String record) {
        int path = record.indexOf(SEPARATOR);
        int fields = path + SEPARATOR.length();
        int end = path < 0 ? -1 : record.indexOf(SEPARATOR, fields);
        int ctime = end < 0 ? -1 : startOf(record, fields, CTIME);
        if (end < 0 || startOf(record, fields, LINKS) > end || startOf(record, fields, FIELDS) < end) {
            throw new IllegalArgumentException("not a record of a manifest: " + record);
        }
        return new ManifestEntry(record, fields, ctime, end + SEPARATOR.length());
    }

    /** Where a field begins; the length of the record when it has fewer. */
    private static int startOf(String record, int fields, int number) {
        int at = fields;
        for (int i = 0; i < number; i++) {
            int space = record.indexOf(' ', at);
            if (space < 0) {
                return record.length();
            }
            at = space + 1;
        }
        return at;
    }

    private String field(int number) {
        int start = startOf(record, fields, number);
        int space = number == LINKS ? linkTarget - SEPARATOR.length() : record.indexOf(' ', start);
        return record.substring(start, space);
    }

    public String record() {
        return record;
    }

    public String path() {
        return record.substring(0, fields - SEPARATOR.length());
    }

    /** The path with two slashes: what orders entries. */
    public String key() {
        return record.substring(0, fields);
    }

    /** The first component of the path. */
    public String home() {
        int slash = record.indexOf('/', 2);
        return record.substring(2, slash);
    }

    public char type() {
        return record.charAt(fields);
    }

    public boolean isFile() {
        return type() == 'f';
    }

    public boolean isDirectory() {
        return type() == 'd';
    }

    public boolean isSocket() {
        return type() == 's';
    }

    /** Octal permission bits. */
    public String mode() {
        return field(MODE);
    }

    public long uid() {
        return Long.parseLong(field(UID));
    }

    public long gid() {
        return Long.parseLong(field(GID));
    }

    /** The same entry as somebody else's. */
    public ManifestEntry ownedBy(HomesOwner owner) {
        int start = startOf(record, fields, UID);
        int end = startOf(record, fields, SIZE);
        return parse(record.substring(0, start) + owner.uid() + " " + owner.gid() + " " + record.substring(end));
    }

    /** Of a file in bytes; 0 for anything else. */
    public long size() {
        return Long.parseLong(field(SIZE));
    }

    /** Seconds since 1970, as find prints them. */
    public String mtime() {
        return field(MTIME);
    }

    /** Seconds since 1970, as find prints them. */
    public String ctime() {
        return field(CTIME);
    }

    /** Its number on its own host. */
    public String inode() {
        return field(INODE);
    }

    /** How many names the inode has, also outside the tree. */
    public long links() {
        return Long.parseLong(field(LINKS));
    }

    /** Whether other names of the same inode may be in the tree. */
    public boolean mayBeLinked() {
        return !isDirectory() && links() > 1;
    }

    /** Of a symbolic link, else empty. */
    public String linkTarget() {
        return record.substring(linkTarget);
    }

    /** Whether nothing of it has moved, its ctime included; for entries of the same host. */
    public boolean isAsBefore(ManifestEntry before) {
        return record.equals(before.record);
    }

    /** Whether everything that a copy has to have is the same, as far as a manifest shows it. */
    public boolean looksLike(ManifestEntry other) {
        return ctime == other.ctime
                && record.regionMatches(0, other.record, 0, ctime)
                && linkTarget().equals(other.linkTarget());
    }

    /** Whether type, size and mtime are the same, by which rsync would take them for equal. */
    public boolean passesQuickCheck(ManifestEntry other) {
        return type() == other.type()
                && field(SIZE).equals(other.field(SIZE))
                && mtime().equals(other.mtime())
                && linkTarget().equals(other.linkTarget());
    }

    @Override
    public int compareTo(ManifestEntry other) {
        boolean samePath = fields == other.fields && record.regionMatches(0, other.record, 0, fields);
        return samePath ? 0 : record.compareTo(other.record);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ManifestEntry entry && compareTo(entry) == 0;
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    @Override
    public String toString() {
        return record;
    }
}
