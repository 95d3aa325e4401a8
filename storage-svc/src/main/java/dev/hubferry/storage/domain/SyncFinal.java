package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.OnLateWrites;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.RepeatedPass;
import dev.hubferry.contracts.StorageReply.HomesSynced;
import dev.hubferry.storage.domain.HomeCopier.FinishedPass;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.SourceWatch.Changes;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the target equal to the frozen source; when the spec wants it, also what was written there although it was frozen.
 *
 * <pre>
 *   final pass ─► look at the source ─► nothing written ───────────────► answer
 *        ▲                 └─► something ─► one more pass allowed? ─► no: refused
 *        └─────────────────────────────────────────────── yes
 * </pre>
 *
 * How many passes were made, and what each of them found, stands on the target, so it does not matter who goes on.
 */
public final class SyncFinal {
    /** A source that is still written to when so many have read it is not frozen. */
    static final int MOST_PASSES = 3;

    private final HomeCopier copier;
    private final SourceWatch watch;

    public SyncFinal(HomeCopier copier, SourceWatch watch) {
        this.copier = copier;
        this.watch = watch;
    }

    /** @throws Refusal SOURCE_CHANGED, naming paths, when the source is written to again and again */
    public HomesSynced sync(Route route, OnLateWrites onLateWrites, CommandRun run) throws InterruptedException {
        List<FinishedPass> passes =
                new ArrayList<>(copier.finished(route, run.command().value()));
        // Before anything is looked at: a pass that is under way is one of those that were made.
        if (passes.isEmpty()) {
            passes.add(pass(route, run));
        } else {
            copier.resume(route, run).ifPresent(passes::add);
        }
        switch (onLateWrites) {
            case TAKE_BACK -> {}
            case COPY_AGAIN -> copyLateWrites(route, passes, run);
        }
        return new HomesSynced(passes.getFirst().report(), repeats(route, passes));
    }

    private void copyLateWrites(Route route, List<FinishedPass> passes, CommandRun run) throws InterruptedException {
        Changes late = watch.sinceFinalPass(route, run);
        while (late.moved() > 0) {
            if (passes.size() >= MOST_PASSES) {
                throw Refusal.of(
                        ErrorCode.SOURCE_CHANGED,
                        "the source is still being written to: %d entries since the last of %d final passes began: %s"
                                .formatted(late.moved(), passes.size(), PathText.show(late.first(), Changes.NAMED)));
            }
            run.ensureHeld();
            passes.add(pass(route, run));
            late = watch.sinceFinalPass(route, run);
        }
    }

    private FinishedPass pass(Route route, CommandRun run) throws InterruptedException {
        // Homes that an earlier migration left were adopted by the seed passes or refused there; here nothing more is
        // taken.
        return copier.run(route, new PassOrder(PassReport.Kind.FINAL, ExistingHomes.REFUSE), run);
    }

    /** Told by the scans that the passes began with: another run may have looked. */
    private List<RepeatedPass> repeats(Route route, List<FinishedPass> passes) throws InterruptedException {
        List<RepeatedPass> repeats = new ArrayList<>();
        for (int i = 1; i < passes.size(); i++) {
            PassReport before = passes.get(i - 1).report();
            PassReport pass = passes.get(i).report();
            Changes written = watch.between(route, before.number(), pass.number());
            repeats.add(new RepeatedPass(
                    written.moved(),
                    written.first().stream()
                            .limit(RepeatedPass.NAMED)
                            .map(PathText::show)
                            .toList(),
                    pass));
        }
        return repeats;
    }
}
