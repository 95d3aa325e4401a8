package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.StorageReply.HomesSeeded;
import dev.hubferry.storage.domain.HomeCopier.FinishedPass;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import dev.hubferry.storage.domain.plan.HomeOrder;
import java.util.ArrayList;
import java.util.List;

/** Copies the homes while users are at work, in passes that get shorter; what each has copied is hashed before the next one. */
public final class SeedHomes {
    private static final int NAMED = 20;

    private final HomeCopier copier;
    private final SeedPlan plan;
    private final AfterPass afterPass;

    public SeedHomes(HomeCopier copier, SeedPlan plan, AfterPass afterPass) {
        this.copier = copier;
        this.plan = plan;
        this.afterPass = afterPass;
    }

    /** Work that pays after each pass. */
    @FunctionalInterface
    public interface AfterPass {
        void begin(Route route, CommandRun run) throws InterruptedException;
    }

    /**
     * @param activeFirst names of homes that each pass begins with
     * @throws Refusal COPY_FAILED when even the last pass left something out
     */
    public HomesSeeded seed(Route route, ExistingHomes existing, List<String> activeFirst, CommandRun run)
            throws InterruptedException {
        PassOrder order = new PassOrder(PassReport.Kind.SEED, existing, HomeOrder.of(activeFirst));
        List<FinishedPass> passes =
                new ArrayList<>(copier.finished(route, run.command().value()));
        while (wantsAnother(passes)) {
            run.ensureHeld();
            passes.add(copier.run(route, order, run));
            afterPass.begin(route, run);
        }
        List<String> incomplete = passes.getLast().incomplete();
        if (!incomplete.isEmpty()) {
            throw Refusal.of(
                    ErrorCode.COPY_FAILED,
                    "the last seed pass could not copy everything: " + PathText.show(incomplete, NAMED));
        }
        return new HomesSeeded(passes.stream().map(FinishedPass::report).toList());
    }

    private boolean wantsAnother(List<FinishedPass> passes) {
        boolean incomplete = !passes.isEmpty() && !passes.getLast().incomplete().isEmpty();
        return incomplete
                ? passes.size() < plan.maximum()
                : plan.wantsAnother(passes.stream().map(FinishedPass::report).toList());
    }
}
