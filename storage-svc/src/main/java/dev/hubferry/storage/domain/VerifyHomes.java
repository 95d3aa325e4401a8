package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.StorageReply.HomesVerified;
import dev.hubferry.storage.domain.BothSides.Results;
import dev.hubferry.storage.domain.Spool.Spools;
import dev.hubferry.storage.domain.TreeReader.EntryStream;
import dev.hubferry.storage.domain.TreeReader.Trees;
import dev.hubferry.storage.domain.content.HashStore;
import dev.hubferry.storage.domain.content.KnownHashes;
import java.util.Optional;

/**
 * Compares both trees entry by entry, contents included: what every entry is like first, and then what files hold, of which only that is
 * read that {@link HashHomes} has not read before.
 */
public final class VerifyHomes {
    private static final long REPORT_EVERY = 10_000;

    private final TreeReader reader;
    private final Spools spools;

    public VerifyHomes(TreeReader reader, Spools spools) {
        this.reader = reader;
        this.spools = spools;
    }

    /** @throws Refusal TREES_DIFFER with the first of what differs; others when either tree cannot be read whole */
    public HomesVerified verify(Route route, CommandRun run) throws InterruptedException {
        run.report(new Progress("verification: reading both trees", 0, 0, 0, 0));
        try (Trees trees = reader.open(route, run);
                Spool source = kept(trees.source());
                Spool target = kept(trees.target())) {
            KnownHashes onSource = new KnownHashes(HashStore.read(source));
            KnownHashes onTarget = new KnownHashes(HashStore.read(target));
            try (ContentCheck contents = new ContentCheck(trees, onSource, onTarget, spools, run)) {
                return verify(trees, contents, EqualityTerms.of(route.options(), trees.losses()), run);
            }
        }
    }

    private Spool kept(TreeReader.Tree tree) throws InterruptedException {
        Optional<Spool> kept = tree.kept();
        return kept.orElseGet(spools::make);
    }

    private static HomesVerified verify(Trees trees, ContentCheck contents, EqualityTerms terms, CommandRun run)
            throws InterruptedException {
        trees.target().sync();
        boolean withRoot = trees.target().isWhole();
        Differences differences = new Differences();
        Listening listening = new Listening(run);
        Results<EntryStream> streams = BothSides.run(
                () -> trees.source().frozen(), () -> trees.target().frozen());
        new TreeComparison(withRoot, differences, (source, target, leader) -> {
                    listening.heard();
                    contents.add(source, target, leader);
                })
                .compare(terms.expected(streams.source()), terms.found(streams.target()));
        differences.refuse();
        contents.read();
        ReceiptSum sum = contents.sum(differences);
        differences.refuse();
        if (sum.entries() == 0) {
            throw Refusal.of(ErrorCode.SOURCE_EMPTY, "both trees are empty, which proves nothing");
        }
        return new HomesVerified(sum.receipt(terms.said()));
    }

    /** Says every now and then how far the comparison has come. */
    private static final class Listening {
        private final CommandRun run;
        private long entries;

        Listening(CommandRun run) {
            this.run = run;
        }

        void heard() {
            entries++;
            if (entries % REPORT_EVERY == 0) {
                run.ensureHeld();
                run.report(new Progress("verification: comparing", 0, 0, entries, 0));
            }
        }
    }
}
