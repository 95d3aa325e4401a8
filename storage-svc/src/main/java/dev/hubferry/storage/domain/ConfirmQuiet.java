package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StorageReply.SourceQuiet;
import dev.hubferry.storage.domain.SourceWatch.Changes;

/** Shows that nothing was written on the source since the final pass began. */
public final class ConfirmQuiet {
    private static final int NAMED = 20;

    private final SourceWatch watch;

    public ConfirmQuiet(SourceWatch watch) {
        this.watch = watch;
    }

    public SourceQuiet confirm(Route route, CommandRun run) throws InterruptedException {
        Changes changes = watch.sinceFinalPass(route, run);
        if (!changes.paths().isEmpty()) {
            throw Refusal.of(
                    ErrorCode.SOURCE_CHANGED,
                    "written on the source since the final pass began: " + PathText.show(changes.paths(), NAMED));
        }
        return new SourceQuiet(changes.entries());
    }
}
