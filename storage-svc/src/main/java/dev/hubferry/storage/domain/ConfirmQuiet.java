package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.StorageReply.SourceQuiet;
import dev.hubferry.storage.domain.SourceWatch.Changes;

/** Shows that nothing was written on the source since the final pass began. */
public final class ConfirmQuiet {
    private final SourceWatch watch;

    public ConfirmQuiet(SourceWatch watch) {
        this.watch = watch;
    }

    public SourceQuiet confirm(Route route, CommandRun run) throws InterruptedException {
        Changes changes = watch.sinceFinalPass(route, run);
        if (changes.moved() > 0) {
            throw Refusal.of(
                    ErrorCode.SOURCE_CHANGED,
                    "%d entries were written on the source since the final pass began: %s"
                            .formatted(changes.moved(), PathText.show(changes.first(), Changes.NAMED)));
        }
        return new SourceQuiet(changes.entries());
    }
}
