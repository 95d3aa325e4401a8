package dev.hubferry.storage.domain.content;

import dev.hubferry.storage.domain.manifest.ManifestEntry;

/**
 * A file to be hashed, or a device whose numbers are wanted. Written down as {@code PATH//INODE CTIME SIZE}.
 *
 * @param path as a manifest has it
 * @param stamp that it had in a manifest
 */
public record WantedFile(String path, FileStamp stamp) {
    private static final String SEPARATOR = "//";

    public static WantedFile of(ManifestEntry entry) {
        return new WantedFile(entry.path(), new FileStamp(entry.inode(), entry.ctime(), entry.size()));
    }

    public String record() {
        return path + SEPARATOR + stamp;
    }

    public static WantedFile parse(String record) {
        int separator = record.indexOf(SEPARATOR);
        return new WantedFile(
                record.substring(0, separator), FileStamp.parse(record.substring(separator + SEPARATOR.length())));
    }
}
