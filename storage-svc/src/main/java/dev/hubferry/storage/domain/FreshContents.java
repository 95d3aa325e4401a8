package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.storage.domain.Spool.Spools;
import dev.hubferry.storage.domain.TreeReader.Tree;
import dev.hubferry.storage.domain.content.HashedBatch;
import dev.hubferry.storage.domain.content.HashedFile;
import dev.hubferry.storage.domain.content.WantedBatches;
import dev.hubferry.storage.domain.content.WantedFile;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Reads the contents of files of one tree that nobody may write to: any that cannot be read, or changes, is a refusal. */
final class FreshContents implements AutoCloseable {
    private static final int NAMED = 20;

    private final Tree tree;
    private final CommandRun run;
    private final HashingProgress progress;
    private final Spool wanted;
    private final Spool contents;

    FreshContents(Tree tree, Spools spools, CommandRun run, HashingProgress progress) {
        this.tree = tree;
        this.run = run;
        this.progress = progress;
        this.wanted = spools.make();
        this.contents = spools.make();
    }

    void want(WantedFile file) {
        wanted.add(file.record());
        progress.wanted(1, file.stamp().size());
    }

    /** How many files were read. */
    Long read() throws InterruptedException {
        WantedBatches batches = new WantedBatches(wanted.read());
        long files = 0;
        for (List<WantedFile> batch = batches.next(); !batch.isEmpty(); batch = batches.next()) {
            run.ensureHeld();
            take(batch, tree.hash(batch));
            files += batch.size();
            progress.done(
                    batch.size(),
                    batch.stream().mapToLong(file -> file.stamp().size()).sum());
        }
        return files;
    }

    /** The contents in the order in which they were wanted. */
    Spool.Records contents() {
        return contents.read();
    }

    private void take(List<WantedFile> batch, HashedBatch hashed) {
        List<String> unread = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        Iterator<HashedFile> answers = hashed.files().iterator();
        for (WantedFile file : batch) {
            HashedFile answer = answers.next();
            if (!answer.path().equals(file.path())) {
                throw new IllegalStateException("asked for " + file.path() + ", but heard of " + answer.path());
            }
            Optional<String> content = answer.steady();
            boolean asExpected = answer.before().filter(file.stamp()::equals).isPresent();
            if (content.isPresent() && asExpected) {
                contents.add(content.get());
            } else if (asExpected && answer.content().isEmpty()) {
                unread.add(file.path());
            } else {
                changed.add(file.path());
            }
        }
        refuse(unread, changed, hashed.errors());
    }

    private void refuse(List<String> unread, List<String> changed, String errors) {
        if (!unread.isEmpty()) {
            throw Refusal.of(
                    ErrorCode.SOURCE_UNREADABLE,
                    "%s could not be read whole: %s: %s"
                            .formatted(tree.label(), PathText.show(unread, NAMED), PathText.show(errors.strip())));
        }
        if (!changed.isEmpty()) {
            throw Refusal.of(
                    tree.onChange(),
                    "%s was written to while it was verified: %s"
                            .formatted(tree.label(), PathText.show(changed, NAMED)));
        }
    }

    @Override
    public void close() {
        wanted.close();
        contents.close();
    }
}
