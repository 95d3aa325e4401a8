package dev.hubferry.storage.domain.content;

import dev.hubferry.storage.domain.content.HashedBatch.Clocks;
import dev.hubferry.storage.domain.content.HashedFile.Place;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A file system whose ctimes are coarse, whose clock may be another than the host's, and on which users are at work all the time. */
final class CoarseFileSystem {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;
    /** Kernels read their clock only so often when they set a ctime. */
    private static final long LATE = 10 * MILLI;

    private final Random random;
    private final Place place;
    private final long granularity;
    private final long skew;
    private final boolean probed;
    private final double haste;
    private final Map<String, File> files = new TreeMap<>();
    private long now = 1_700_000_000L * SECOND;
    private long inodes = 100;

    private static final class File {
        long inode;
        long ctime;
        int content;
    }

    CoarseFileSystem(Random random) {
        this.random = random;
        boolean local = random.nextBoolean();
        this.place = local ? new Place("7", "ext4") : new Place("9", "nfs4");
        this.probed = random.nextBoolean();
        this.skew = local ? 0 : random.nextLong(-20, 20) * SECOND / 2;
        this.granularity = List.of(1L, 10 * MILLI, SECOND).get(random.nextInt(3));
        this.haste = random.nextDouble();
        for (int i = 0; i < 4; i++) {
            write("./u/" + i);
        }
    }

    /** Time passes, now and then very little of it, and users write. */
    void live() {
        now += random.nextDouble() < haste ? random.nextLong(20 * MILLI) : random.nextLong(3 * SECOND);
        if (random.nextInt(3) == 0) {
            String path = "./u/" + random.nextInt(4);
            switch (random.nextInt(4)) {
                case 0 -> replace(path);
                case 1 -> files.remove(path);
                default -> write(path);
            }
        }
    }

    private File write(String path) {
        File file = files.computeIfAbsent(path, p -> newFile());
        file.content = random.nextInt(1000);
        file.ctime = ctime();
        return file;
    }

    /** Some file systems give an inode's number to the next file at once. */
    private void replace(String path) {
        File old = files.remove(path);
        File made = write(path);
        if (old != null && random.nextBoolean()) {
            made.inode = old.inode;
        }
    }

    private File newFile() {
        File file = new File();
        file.inode = ++inodes;
        return file;
    }

    private long ctime() {
        long clock = now + skew - random.nextLong(LATE);
        return Math.floorDiv(clock, granularity) * granularity;
    }

    HashedBatch hash() {
        Clocks clocks = new Clocks(seconds(now), probed ? "9" : "1", seconds(ctime()));
        List<String> paths = List.copyOf(files.keySet());
        Map<String, FileStamp> before = new TreeMap<>();
        for (String path : paths) {
            stamp(path).ifPresent(stamp -> before.put(path, stamp));
        }
        List<HashedFile> hashed = new ArrayList<>();
        for (String path : paths) {
            live();
            Optional<String> content = content(path);
            live();
            hashed.add(new HashedFile(
                    path, Optional.of(place), Optional.ofNullable(before.get(path)), content, stamp(path)));
        }
        return new HashedBatch(clocks, hashed, "");
    }

    private Optional<FileStamp> stamp(String path) {
        return Optional.ofNullable(files.get(path))
                .map(file -> new FileStamp(
                        String.valueOf(file.inode), seconds(file.ctime).toPlainString(), 5));
    }

    Optional<ManifestEntry> entry(String path) {
        return stamp(path)
                .map(stamp -> ManifestEntry.parse(
                        "%s//f 644 1 1 %d 1.0 %s %s 1//".formatted(path, stamp.size(), stamp.ctime(), stamp.inode())));
    }

    Optional<String> content(String path) {
        return Optional.ofNullable(files.get(path)).map(CoarseFileSystem::hashOf);
    }

    private static String hashOf(File file) {
        return "%064x".formatted(file.content);
    }

    private static BigDecimal seconds(long nanos) {
        return new BigDecimal(nanos).divide(new BigDecimal(SECOND), 9, RoundingMode.UNNECESSARY);
    }
}
