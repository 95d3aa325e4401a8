package dev.hubferry.storage.domain;

import dev.hubferry.contracts.ExistingHomes;
import dev.hubferry.contracts.PassReport;
import dev.hubferry.contracts.StorageReply.HomesSynced;
import dev.hubferry.storage.domain.HomeCopier.FinishedPass;
import dev.hubferry.storage.domain.HomeCopier.PassOrder;
import java.util.List;

/** Makes the target equal to the frozen source. */
public final class SyncFinal {
    private final HomeCopier copier;

    public SyncFinal(HomeCopier copier) {
        this.copier = copier;
    }

    public HomesSynced sync(Route route, CommandRun run) throws InterruptedException {
        List<FinishedPass> before = copier.finished(route, run.command().value());
        if (!before.isEmpty()) {
            return new HomesSynced(before.getLast().report());
        }
        // Homes that an earlier migration left were adopted by the seed passes or refused there; here nothing more is
        // taken.
        PassOrder order = new PassOrder(PassReport.Kind.FINAL, ExistingHomes.REFUSE);
        return new HomesSynced(copier.run(route, order, run).report());
    }
}
