package dev.hubferry.storage.domain.plan;

import dev.hubferry.storage.domain.manifest.ManifestEntry;
import dev.hubferry.storage.domain.manifest.ManifestStream;
import java.util.Optional;

/** A place in a manifest, between the entry that was read last and the one ahead. */
final class Cursor {
    private final ManifestStream stream;
    private Optional<ManifestEntry> passed = Optional.empty();
    private Optional<ManifestEntry> ahead;

    Cursor(ManifestStream stream) throws InterruptedException {
        this.stream = stream;
        this.ahead = stream.next();
    }

    Optional<ManifestEntry> ahead() {
        return ahead;
    }

    /** @throws IllegalArgumentException when the manifest is not in its order */
    void advance() throws InterruptedException {
        ManifestEntry entry = ahead.orElseThrow();
        passed = ahead;
        ahead = stream.next();
        if (ahead.isPresent() && entry.compareTo(ahead.get()) >= 0) {
            throw new IllegalArgumentException("the manifest is not sorted: after " + entry + " comes " + ahead.get());
        }
    }

    /** Goes on to a path, and says what the manifest has there. */
    Optional<ManifestEntry> find(ManifestEntry path) throws InterruptedException {
        while (ahead.isPresent() && ahead.get().compareTo(path) < 0) {
            advance();
        }
        return ahead.filter(path::equals);
    }

    /**
     * The topmost of the entry's path and the directories above it where this manifest has no directory and nothing below one. Right
     * only while the cursor is where the entry is or would be: all that is below a directory stands together.
     */
    Optional<String> topmostMissing(ManifestEntry entry) {
        return topmostMissing(entry.key());
    }

    /** @param key of a directory that the entry is in, or of the entry itself */
    Optional<String> topmostMissing(String key) {
        for (int slash = key.indexOf('/', 2); slash < key.length() - 1; slash = key.indexOf('/', slash + 1)) {
            String below = key.substring(0, slash + 1);
            if (passed.filter(near -> isDirectory(below, near)).isEmpty()
                    && ahead.filter(near -> isDirectory(below, near)).isEmpty()) {
                return Optional.of(key.substring(0, slash));
            }
        }
        return Optional.empty();
    }

    private static boolean isDirectory(String below, ManifestEntry near) {
        boolean itself = near.key().length() == below.length() + 1;
        return near.record().startsWith(below) && (near.isDirectory() || !itself);
    }

    /** Whether the manifest has something other than a directory at a path above the entry; right where {@link #topmostMissing} is. */
    Optional<String> obstacle(ManifestEntry entry) {
        return passed.filter(near -> isObstacle(entry, near))
                .or(() -> ahead.filter(near -> isObstacle(entry, near)))
                .map(ManifestEntry::path);
    }

    private static boolean isObstacle(ManifestEntry entry, ManifestEntry near) {
        return !near.isDirectory() && entry.record().startsWith(near.path() + "/");
    }
}
