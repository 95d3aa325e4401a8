package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Progress;
import dev.hubferry.contracts.Receipt;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.contracts.StorageReply.HomesVerified;
import dev.hubferry.storage.domain.TreeReader.Trees;

/** Compares both trees entry by entry, contents included. */
public final class VerifyHomes {
    private final TreeReader reader;

    public VerifyHomes(TreeReader reader) {
        this.reader = reader;
    }

    public HomesVerified verify(Route route, CommandRun run) throws InterruptedException {
        boolean withRoot = reader.ownsTargetDirectory(route);
        TreeComparison comparison = new TreeComparison(withRoot, (entries, bytes) -> {
            run.ensureHeld();
            run.report(new Progress("verification", bytes, 0, entries, 0));
        });
        run.report(new Progress("verification: reading both trees", 0, 0, 0, 0));
        try (Trees trees = reader.open(route)) {
            comparison.compare(trees.source(), trees.target());
        }
        if (comparison.differences() > 0) {
            throw new Refusal(new Rejected(
                    ErrorCode.TREES_DIFFER,
                    comparison.differences() + " entries differ: " + String.join("; ", comparison.named()),
                    comparison.named().stream().map(VerifyHomes::problem).toList()));
        }
        Receipt receipt = comparison.receipt();
        if (receipt.entries() == 0) {
            throw Refusal.of(ErrorCode.SOURCE_EMPTY, "both trees are empty, which proves nothing");
        }
        return new HomesVerified(receipt);
    }

    private static Problem problem(String difference) {
        return new Problem(
                ErrorCode.TREES_DIFFER,
                "homes",
                difference,
                "find out who wrote there; nothing but Hubferry may write to the homes on the target before it is opened");
    }
}
