package dev.hubferry.storage.domain;

import dev.hubferry.storage.domain.Spool.Spools;
import dev.hubferry.storage.domain.TreeReader.Trees;
import dev.hubferry.storage.domain.content.ContentHash;
import dev.hubferry.storage.domain.content.KnownHashes;
import dev.hubferry.storage.domain.content.WantedFile;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the contents of entries that are equal otherwise. Two hashes that may be used again, and are equal, prove a file; all else is
 * read on both sides, so that nothing is said to differ, or not to, by what was read at different times.
 *
 * <pre>
 *   equal entries ─┬─► pairs: entry, attributes, its hash or "to be read"
 *                  ├─► to be read on the source ─► fresh ─┐
 *                  └─► to be read on the target ─► fresh ─┴─► compared, in the order of the pairs ─► receipt
 * </pre>
 */
final class ContentCheck implements AutoCloseable {
    private static final String NO_CONTENT = "";
    private static final String TO_BE_READ = "?";

    private final KnownHashes sourceHashes;
    private final KnownHashes targetHashes;
    private final Spool pairs;
    private final FreshContents sourceFresh;
    private final FreshContents targetFresh;
    private final HashingProgress progress;
    private long reused;
    private long made;

    ContentCheck(Trees trees, KnownHashes source, KnownHashes target, Spools spools, CommandRun run) {
        this.sourceHashes = source;
        this.targetHashes = target;
        this.pairs = spools.make();
        this.progress = new HashingProgress("verification: reading what changed", run);
        this.sourceFresh = new FreshContents(trees.source(), spools, run, progress);
        this.targetFresh = new FreshContents(trees.target(), spools, run, progress);
    }

    /** Takes an entry that is equal on both sides but for its content. */
    void add(TreeEntry source, ManifestEntry target, String leader) throws InterruptedException {
        pairs.add(source.entry().record());
        pairs.add(source.attributes());
        pairs.add(content(source, target, leader));
    }

    private String content(TreeEntry source, ManifestEntry target, String leader) throws InterruptedException {
        ManifestEntry entry = source.entry();
        if (!source.hasContent() || !leader.equals(entry.path())) {
            return NO_CONTENT;
        }
        Optional<String> onSource = sourceHashes.of(entry).map(ContentHash::sha256);
        Optional<String> onTarget = targetHashes.of(target).map(ContentHash::sha256);
        if (onSource.isPresent() && onSource.equals(onTarget)) {
            reused++;
            return onSource.get();
        }
        made += entry.isFile() ? 1 : 0;
        sourceFresh.want(WantedFile.of(entry));
        targetFresh.want(WantedFile.of(target));
        return TO_BE_READ;
    }

    /** Reads what has to be read, on both hosts at a time. */
    void read() throws InterruptedException {
        BothSides.run(sourceFresh::read, targetFresh::read);
    }

    /**
     * Compares and sums up.
     *
     * @param differences is told what differs; then there is no receipt
     */
    ReceiptSum sum(Differences differences) {
        ReceiptSum sum = new ReceiptSum(reused, made);
        Leaders leaders = new Leaders();
        Spool.Records records = pairs.read();
        Spool.Records source = sourceFresh.contents();
        Spool.Records target = targetFresh.contents();
        Set<String> differing = new HashSet<>();
        for (Optional<String> record = records.next(); record.isPresent(); record = records.next()) {
            TreeEntry entry = new TreeEntry(ManifestEntry.parse(record.get()), required(records));
            String content = required(records);
            if (content.equals(TO_BE_READ)) {
                content = required(source);
                if (!content.equals(required(target))) {
                    differing.add(entry.entry().path());
                }
            }
            String leader = leaders.of(entry.entry());
            if (differing.contains(leader)) {
                differences.add(entry.entry().path(), "content differs");
            }
            sum.add(entry, leader, content);
        }
        if (source.next().isPresent() || target.next().isPresent()) {
            throw new IllegalStateException("more was read than was asked for");
        }
        return sum;
    }

    private static String required(Spool.Records records) {
        return records.next().orElseThrow(() -> new IllegalStateException("a record that was put aside is gone"));
    }

    @Override
    public void close() {
        pairs.close();
        sourceFresh.close();
        targetFresh.close();
    }
}
