package dev.hubferry.storage.domain.content;

/**
 * By what a file's state is known while nobody compares its content.
 *
 * @param inode its number on its own host
 * @param ctime seconds since 1970, as {@code find -printf %C@} gives them
 * @param size in bytes; 0 for a device
 */
public record FileStamp(String inode, String ctime, long size) {
    @Override
    public String toString() {
        return inode + " " + ctime + " " + size;
    }

    /** @throws IllegalArgumentException for a text that {@link #toString} has not made */
    public static FileStamp parse(String text) {
        String[] fields = text.split(" ", -1);
        if (fields.length != 3) {
            throw new IllegalArgumentException("not the stamp of a file: " + text);
        }
        return new FileStamp(fields[0], fields[1], Long.parseLong(fields[2]));
    }
}
