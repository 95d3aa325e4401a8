package dev.hubferry.storage.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.manifest.Exclusions;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import dev.hubferry.storage.domain.manifest.ManifestStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A source, a target, and what is remembered from one pass to the next. */
final class Passes {
    final ModelTree source = new ModelTree(0, 100);
    final ModelTree target = new ModelTree(1_000_000, 1_000_000);
    private final ChunkLimit limit;
    private final int workers;
    final Exclusions exclusions;
    private HomeOrder order = HomeOrder.ANY;
    private List<ManifestEntry> before = List.of();
    private long suspectFrom;

    Passes(ChunkLimit limit, int workers) {
        this(limit, workers, Exclusions.NONE);
    }

    Passes(ChunkLimit limit, int workers, Exclusions exclusions) {
        this.limit = limit;
        this.workers = workers;
        this.exclusions = exclusions;
    }

    /** Paths of a tree that are moved. */
    Set<String> moved(ModelTree tree) {
        Exclusions.Sieve sieve = exclusions.sieve();
        Set<String> moved = new TreeSet<>(tree.nodes().keySet());
        moved.removeIf(sieve::holds);
        return moved;
    }

    /** From now on these homes go first. */
    void beginWith(String... homes) {
        order = HomeOrder.of(List.of(homes));
    }

    void distrust() {
        before = List.of();
    }

    List<ManifestEntry> before() {
        return before;
    }

    /** What is looked at again even if it looks as before. */
    long suspectFrom() {
        return suspectFrom;
    }

    /** Copies what there is; what changes from here on has another ctime. */
    void sync() throws InterruptedException {
        source.tick();
        carryOut(plan(PassReport.Kind.SEED));
        source.tick();
    }

    /** A plan, and what it was made of. */
    record Planned(
            PassReport.Kind kind,
            long scannedAt,
            List<ManifestEntry> source,
            List<ManifestEntry> target,
            Set<String> forced,
            RecordedPlan plan,
            PlanTotals totals,
            List<Batch> batches) {}

    Planned plan(PassReport.Kind kind) throws InterruptedException {
        List<ManifestEntry> here = source.manifest();
        List<ManifestEntry> there = target.manifest();
        Attempts attempts = new Attempts(kind, here, there);
        PlanTotals totals = Planner.plan(attempts);
        assertThat(attempts.count).isLessThanOrEqualTo(2);
        return new Planned(kind, source.now(), here, there, attempts.forced, attempts.plan, totals, batches(totals));
    }

    /** As few as can be, or as many as can be in either order. */
    private List<Batch> batches(PlanTotals totals) {
        return switch (workers) {
            case 1 -> Batches.divide(totals.chunks(), workers);
            case 2 -> totals.chunks();
            default -> totals.chunks().reversed();
        };
    }

    /** Carries it out; the source may have changed since the plan was made, but not in the final pass. */
    void carryOut(Planned planned) {
        target.tick();
        boolean live = planned.kind() == PassReport.Kind.SEED;
        if (new ModelRsync(source, target, live).carryOut(planned.plan(), planned.batches())) {
            before = planned.source();
            suspectFrom = planned.scannedAt();
        }
    }

    private final class Attempts implements PlanAttempts {
        private final PassReport.Kind kind;
        private final List<ManifestEntry> here;
        private final List<ManifestEntry> there;
        private Set<String> forced = Set.of();
        private RecordedPlan plan = new RecordedPlan();
        private int count;

        Attempts(PassReport.Kind kind, List<ManifestEntry> here, List<ManifestEntry> there) {
            this.kind = kind;
            this.here = here;
            this.there = there;
        }

        @Override
        public PlanInput input(Set<String> inodes) {
            forced = inodes;
            count++;
            return new PlanInput(
                    kind,
                    ManifestStream.of(here),
                    ManifestStream.of(before),
                    ManifestStream.of(there),
                    BigDecimal.valueOf(suspectFrom),
                    limit,
                    order,
                    exclusions,
                    inodes);
        }

        @Override
        public PlanSink sink() {
            plan = new RecordedPlan();
            return plan;
        }
    }
}
