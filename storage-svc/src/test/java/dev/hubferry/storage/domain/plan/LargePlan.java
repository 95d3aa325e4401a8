package dev.hubferry.storage.domain.plan;

import dev.hubferry.contracts.PassReport;
import dev.hubferry.storage.domain.manifest.ManifestEntry;
import dev.hubferry.storage.domain.manifest.ManifestStream;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/** Plans a full copy of a million entries and a small change to them, in a virtual machine with little memory; see {@link LargePlanTest}. */
final class LargePlan {
    private static final int HOMES = 200;
    private static final int DIRECTORIES = 50;
    private static final int FILES = 99;
    private static final int ENTRIES = HOMES * (1 + DIRECTORIES * (1 + FILES));

    private LargePlan() {}

    public static void main(String[] args) throws InterruptedException {
        PassReport.Kind kind = PassReport.Kind.FINAL;
        ManifestStream none = () -> Optional.empty();
        System.out.println(plan(kind, tree(1, 0), none, none));
        System.out.println(plan(kind, tree(1, 1_000), tree(1, 0), tree(ENTRIES, 0)));
    }

    private static String plan(
            PassReport.Kind kind, ManifestStream source, ManifestStream before, ManifestStream target)
            throws InterruptedException {
        PlanInput input = new PlanInput(
                kind, source, before, target, BigDecimal.valueOf(9_000), new ChunkLimit(256L << 20, 5_000), Set.of());
        PlanTotals totals = Planner.plan(input, new Nowhere());
        return "%s of %d entries copied, %d forced, %d broken, in %s batches"
                .formatted(
                        totals.copied().entries(),
                        totals.source().entries(),
                        totals.forced(),
                        totals.broken().size(),
                        Batches.divide(totals.chunks(), 4).size());
    }

    /** @param changed every so manieth file has another ctime; none when 0 */
    private static ManifestStream tree(int firstInode, int changed) {
        return new ManifestStream() {
            private int next;

            @Override
            public Optional<ManifestEntry> next() {
                return next < ENTRIES ? Optional.of(ManifestEntry.parse(record(next++))) : Optional.empty();
            }

            private String record(int number) {
                int inHome = number % (1 + DIRECTORIES * (1 + FILES));
                int file = inHome == 0 ? 0 : (inHome - 1) % (1 + FILES);
                String home = "./home-%04d".formatted(number / (1 + DIRECTORIES * (1 + FILES)));
                String directory = inHome == 0 ? "" : "/directory-%03d".formatted((inHome - 1) / (1 + FILES));
                String name = file == 0 ? "" : "/a-file-with-a-name-%03d".formatted(file);
                // Two files in a hundred are one.
                boolean linked = file == 50 || file == 51;
                boolean changes = file > 0 && !linked && changed > 0 && number % changed == 7;
                return "%s//%s 644 1000 1000 %d 7000.0000000000 %d.0000000000 %d %d//"
                        .formatted(
                                home + directory + name,
                                file == 0 ? "d" : "f",
                                file == 0 ? 0 : 1000,
                                changes ? 8_001 : 8_000,
                                firstInode + (file == 51 ? number - 1 : number),
                                linked ? 2 : 1);
            }
        };
    }

    private static final class Nowhere implements PlanSink {
        @Override
        public void clear(String path) {}

        @Override
        public void make(String directory) {}

        @Override
        public void chunk(Chunk chunk) {}

        @Override
        public void attributes(String directory) {}
    }
}
