package dev.hubferry.storage.domain.content;

import dev.hubferry.storage.domain.content.HashedBatch.Clocks;
import dev.hubferry.storage.domain.content.HashedFile.Place;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says which hashes may be used again for as long as their files' inode, ctime and size stay as they are.
 *
 * <pre>
 *   ctime of the file      begin of hashing       ctime, hash, ctime       a change
 *   ──────┴───── more than a tick ─────┴──────────────────┴───────────────────┴──────►  clock of the file system
 * </pre>
 *
 * A change after the begin gets a ctime that is not before the begin, rounded down to a tick: never the old one, if that is more than a
 * tick earlier. So the begin has to be read off the clock that ctimes come from, or off one that is behind it. A file system of the
 * host itself takes them from the host's clock. That of a server elsewhere has a clock of its own, which may be far behind the host's:
 * there the ctime of a file that was just made on it says what it shows, and where Hubferry may not make one (the source's homes are
 * only read), the newest ctime that was seen on it. One in the host's future is no evidence: clocks that were wrong leave those behind.
 */
public final class ReuseRule {
    /** The coarsest ctimes of file systems that hold homes are those of whole seconds; the rest is for clocks that tick late. */
    public static final BigDecimal TICK_SECONDS = BigDecimal.valueOf(2);

    /** File systems that take ctimes from the clock of the host that they are found on. */
    private static final Set<String> LOCAL = Set.of(
            "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "reiserfs", "bcachefs", "overlay", "tmpfs");

    private final Clocks clocks;
    private final Map<String, BigDecimal> newest;

    private ReuseRule(Clocks clocks, Map<String, BigDecimal> newest) {
        this.clocks = clocks;
        this.newest = newest;
    }

    /** Those hashes of a batch that may be used again, in the order of their keys. */
    public static List<ContentHash> reusable(HashedBatch batch) {
        ReuseRule rule = new ReuseRule(batch.clocks(), newest(batch));
        return batch.files().stream().flatMap(file -> rule.judge(file).stream()).toList();
    }

    private static Map<String, BigDecimal> newest(HashedBatch batch) {
        Map<String, BigDecimal> newest = new HashMap<>();
        for (HashedFile file : batch.files()) {
            if (file.place().isPresent() && file.before().isPresent()) {
                BigDecimal ctime = new BigDecimal(file.before().get().ctime());
                if (ctime.compareTo(batch.clocks().host()) <= 0) {
                    newest.merge(file.place().get().device(), ctime, BigDecimal::max);
                }
            }
        }
        return newest;
    }

    private Optional<ContentHash> judge(HashedFile file) {
        if (file.place().isEmpty() || file.before().isEmpty() || !isHash(file)) {
            return Optional.empty();
        }
        FileStamp stamp = file.before().get();
        return begin(file.place().get())
                .filter(begin -> new BigDecimal(stamp.ctime()).add(TICK_SECONDS).compareTo(begin) < 0)
                .flatMap(begin -> file.steady())
                .map(content -> new ContentHash(file.path(), stamp, content));
    }

    /** When hashing began, by the clock of a file system or by one behind it; empty when nothing is known of that. */
    private Optional<BigDecimal> begin(Place place) {
        if (LOCAL.contains(place.fileSystem())) {
            return Optional.of(clocks.host());
        }
        return place.device().equals(clocks.probeDevice())
                ? Optional.of(clocks.probe())
                : Optional.ofNullable(newest.get(place.device()));
    }

    /** Devices have numbers, which are read again each time. */
    private static boolean isHash(HashedFile file) {
        return file.content().filter(content -> content.length() == 64).isPresent();
    }
}
