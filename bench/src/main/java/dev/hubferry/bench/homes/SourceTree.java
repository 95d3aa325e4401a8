package dev.hubferry.bench.homes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;

/** The homes on the source, the same for all methods. */
final class SourceTree {
    private final SharedTools tools;
    private final Path homes;
    private final Duration settles;
    private long seed;
    private long changed = System.nanoTime();

    private SourceTree(SharedTools tools, Path homes, Duration settles, long seed) {
        this.tools = tools;
        this.homes = homes;
        this.settles = settles;
        this.seed = seed;
    }

    /**
     * Makes the tree.
     *
     * @param settles how old the last change is to be when somebody looks: a younger time stamp says little, the next change may get the same
     */
    static SourceTree generate(SharedTools tools, Path homes, TreeShape shape, Duration settles, long seed)
            throws InterruptedException {
        tools.generate(homes, shape.options(seed));
        return new SourceTree(tools, homes, settles, seed);
    }

    Path homes() {
        return homes;
    }

    /** Changes so many of a hundred files, otherwise each time. */
    void change(double percent) throws InterruptedException {
        if (percent > 0) {
            seed++;
            tools.generate(homes, List.of("--mutate", Double.toString(percent), "--seed", Long.toString(seed)));
            changed = System.nanoTime();
        }
    }

    /** Returns when the last change is old enough, as it is when users were sent away. */
    void settle() throws InterruptedException {
        long left = settles.toNanos() - (System.nanoTime() - changed);
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left));
        }
    }

    /** What is there now. */
    Size size() {
        Counter counter = new Counter();
        try {
            Files.walkFileTree(homes, counter);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot count what is in " + homes, e);
        }
        return new Size(counter.entries, counter.bytes);
    }

    /**
     * @param entries files, directories and links
     * @param bytes of files, once for each name
     */
    record Size(long entries, long bytes) {}

    private static final class Counter extends SimpleFileVisitor<Path> {
        private long entries;
        private long bytes;

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            entries++;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            entries++;
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
        }
    }
}
