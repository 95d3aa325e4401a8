package dev.hubferry.storage.domain.content;

import java.util.Optional;

/**
 * What a host says of a file that it was asked to hash.
 *
 * @param path as a manifest has it
 * @param place where it is; empty when it was not there before hashing, or was neither file nor device
 * @param before its stamp before hashing
 * @param content lower-case hex SHA-256 of a file, the numbers of a device; empty when it could not be read
 * @param after its stamp after hashing
 */
public record HashedFile(
        String path,
        Optional<Place> place,
        Optional<FileStamp> before,
        Optional<String> content,
        Optional<FileStamp> after) {
    /**
     * @param device number of the file system
     * @param fileSystem its type, as {@code find -printf %F} gives it
     */
    public record Place(String device, String fileSystem) {}

    /** The content, when it was read and the file was the same before and after. */
    public Optional<String> steady() {
        return before.isPresent() && before.equals(after) ? content : Optional.empty();
    }
}
