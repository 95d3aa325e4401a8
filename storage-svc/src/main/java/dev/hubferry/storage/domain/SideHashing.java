package dev.hubferry.storage.domain;

import dev.hubferry.storage.domain.HashHomes.Pace;
import dev.hubferry.storage.domain.HashHomes.SideHashed;
import dev.hubferry.storage.domain.Spool.Spools;
import dev.hubferry.storage.domain.TreeReader.LiveScan;
import dev.hubferry.storage.domain.TreeReader.Tree;
import dev.hubferry.storage.domain.content.ContentHash;
import dev.hubferry.storage.domain.content.HashStore;
import dev.hubferry.storage.domain.content.HashStream;
import dev.hubferry.storage.domain.content.HashedBatch;
import dev.hubferry.storage.domain.content.KnownHashes;
import dev.hubferry.storage.domain.content.ReuseRule;
import dev.hubferry.storage.domain.content.WantedBatches;
import dev.hubferry.storage.domain.content.WantedFile;
import dev.hubferry.storage.domain.manifest.Exclusions;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import dev.hubferry.storage.domain.manifest.ManifestStream;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Hashes one tree as far as there are no hashes yet that may be used again.
 *
 * <pre>
 *   scan ──┐                 ┌─► known ─────────────────┐
 *          ├─ still the same?┼─► wanted ─► hash ─► fresh ┼─► merged, kept every now and then
 *   kept ──┘                 └─► recent ─► (later) hash ─┘
 * </pre>
 */
final class SideHashing {
    private static final int HELD_EVERY = 4096;

    private final Tree tree;
    private final Exclusions exclusions;
    private final Spools spools;
    private final CommandRun run;
    private final HashingProgress progress;
    private final Pace pace;
    private final Clock clock;
    /** Hashes that hold; those that were made since come to them when they are kept. */
    private Spool known;

    private Instant keptAt;
    private Duration keeping = Duration.ZERO;
    private long reused;
    private long made;
    private long left;
    private String errors = "";

    SideHashing(
            Tree tree,
            Exclusions exclusions,
            Spools spools,
            CommandRun run,
            HashingProgress progress,
            Pace pace,
            Clock clock) {
        this.tree = tree;
        this.exclusions = exclusions;
        this.spools = spools;
        this.run = run;
        this.progress = progress;
        this.pace = pace;
        this.clock = clock;
        this.known = spools.make();
        this.keptAt = clock.instant();
    }

    SideHashed hash() throws InterruptedException {
        try (Spool wanted = spools.make();
                Spool recent = spools.make()) {
            Instant scanned = clock.instant();
            sort(wanted, recent);
            hash(wanted);
            Duration settled = Duration.between(clock.instant(), scanned.plus(pace.settle()));
            if (recent.read().next().isPresent() && settled.isPositive()) {
                Thread.sleep(settled);
            }
            hash(recent);
        } finally {
            known.close();
        }
        return new SideHashed(reused, made, left, errors);
    }

    /** Divides what is there into files with a hash that may be used again and others. */
    private void sort(Spool wanted, Spool recent) throws InterruptedException {
        HashStore.Writer still = new HashStore.Writer(known);
        try (Spool kept = tree.kept().orElseGet(spools::make)) {
            KnownHashes hashes = new KnownHashes(HashStore.read(kept));
            LiveScan scan = tree.live();
            BigDecimal settled = scan.begun().subtract(ReuseRule.TICK_SECONDS);
            Leaders leaders = new Leaders();
            ManifestStream entries = exclusions.from(scan.entries());
            Optional<ManifestEntry> next = entries.next();
            for (long seen = 0; next.isPresent(); seen++) {
                if (seen % HELD_EVERY == 0) {
                    run.ensureHeld();
                }
                ManifestEntry entry = next.get();
                if (entry.isFile() && leaders.of(entry).equals(entry.path())) {
                    boolean old = new BigDecimal(entry.ctime()).compareTo(settled) < 0;
                    sort(entry, hashes.of(entry), still, old ? wanted : recent);
                }
                next = entries.next();
            }
        }
        still.end();
        reused = still.count();
    }

    private void sort(ManifestEntry entry, Optional<ContentHash> hash, HashStore.Writer still, Spool wanted) {
        if (hash.isPresent()) {
            still.add(hash.get());
        } else {
            wanted.add(WantedFile.of(entry).record());
            progress.wanted(1, entry.size());
        }
    }

    private void hash(Spool wanted) throws InterruptedException {
        WantedBatches batches = new WantedBatches(wanted.read());
        List<WantedFile> batch = batches.next();
        while (!batch.isEmpty()) {
            try (Spool fresh = spools.make()) {
                HashStore.Writer writer = new HashStore.Writer(fresh);
                do {
                    run.ensureHeld();
                    hash(batch, writer);
                    batch = batches.next();
                } while (!batch.isEmpty() && !isDue());
                writer.end();
                if (writer.count() > 0) {
                    keep(fresh);
                }
            }
        }
    }

    private void hash(List<WantedFile> batch, HashStore.Writer writer) throws InterruptedException {
        HashedBatch hashed = tree.hash(batch);
        List<ContentHash> reusable = ReuseRule.reusable(hashed);
        writer.addAll(HashStream.of(reusable));
        made += reusable.size();
        left += batch.size() - reusable.size();
        errors = errors.isEmpty() ? hashed.errors() : errors;
        progress.done(
                batch.size(),
                batch.stream().mapToLong(file -> file.stamp().size()).sum());
    }

    private boolean isDue() {
        // Hashes of very many files take long to be kept; most of the time should go into hashing.
        Duration wait = keeping.multipliedBy(10);
        Duration every = wait.compareTo(pace.keepEvery()) > 0 ? wait : pace.keepEvery();
        return !clock.instant().isBefore(keptAt.plus(every));
    }

    private void keep(Spool fresh) throws InterruptedException {
        Instant begun = clock.instant();
        Spool merged = spools.make();
        Spool older = merged;
        try {
            HashStore.Writer writer = new HashStore.Writer(merged);
            writer.addAll(HashStream.merged(HashStore.read(known), HashStore.read(fresh)));
            writer.end();
            run.ensureHeld();
            tree.keep(merged);
            older = known;
            known = merged;
        } finally {
            older.close();
        }
        keptAt = clock.instant();
        keeping = Duration.between(begun, keptAt);
    }
}
