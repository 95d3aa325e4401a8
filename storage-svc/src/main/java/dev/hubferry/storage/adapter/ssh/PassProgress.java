package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.Progress;
import dev.hubferry.storage.domain.ProgressMeter;
import dev.hubferry.storage.domain.plan.Batch;
import java.util.Optional;

/** How far a pass has come, in the words of {@link Progress}. */
final class PassProgress {
    private final RemoteShell target;
    private final TargetPlaces places;
    private final PassPlan plan;
    private final ProgressMeter meter = new ProgressMeter();
    private Optional<HomeShares> shares = Optional.empty();

    PassProgress(RemoteShell target, TargetPlaces places, PassPlan plan) {
        this.target = target;
        this.places = places;
        this.plan = plan;
    }

    /** @param nanos when the status was taken, on a clock that never goes back */
    Progress seen(long nanos, PassStatus status) throws InterruptedException {
        RsyncProgress sums = status.sums();
        PassPlan.Work work = plan.work();
        long total = work.bytes() + work.files() * Batch.ENTRY_WEIGHT;
        meter.seen(nanos, sums.bytes(), sums.work());
        if (shares.isEmpty()) {
            // Not before: a pass that has ended at the first look has no need of them.
            shares = Optional.of(HomeShares.read(target, places, plan.number()));
        }
        Optional<Progress.Homes> homes =
                shares.filter(read -> !read.rows().isEmpty()).map(read -> read.progress(status));
        return new Progress(
                activity(),
                Math.min(sums.bytes(), work.bytes()),
                work.bytes(),
                Math.min(sums.sent(), work.files()),
                work.files(),
                total == 0 ? Optional.empty() : Optional.of((int) Math.min(100, 100 * sums.work() / total)),
                meter.bytesPerSecond(),
                meter.timeLeft(total),
                homes);
    }

    private String activity() {
        return switch (plan.kind()) {
            case SEED -> "seed pass " + plan.number();
            case FINAL -> "final pass";
        };
    }
}
