package dev.hubferry.storage.domain;

import dev.hubferry.storage.domain.BothSides.Results;
import dev.hubferry.storage.domain.Spool.Spools;
import dev.hubferry.storage.domain.TreeReader.Trees;
import dev.hubferry.storage.domain.manifest.Exclusions;
import java.time.Clock;
import java.time.Duration;

/**
 * Hashes contents on both hosts while users are at work, so that {@link VerifyHomes} has to read only what changed since. What was hashed
 * before and did not change is not read again, whoever hashed it; nothing depends on it being done at all, or to the end.
 */
public final class HashHomes {
    private final TreeReader reader;
    private final Spools spools;
    private final Pace pace;
    private final Clock clock;

    public HashHomes(TreeReader reader, Spools spools, Pace pace, Clock clock) {
        this.reader = reader;
        this.spools = spools;
        this.pace = pace;
        this.clock = clock;
    }

    /**
     * When things are done.
     *
     * @param keepEvery after how long hashes that were made are kept on the target; at most as much is lost with the process
     * @param settle how long after a scan files that had just changed then are looked at; a hash of a file that changed within a tick of
     *     its clock cannot be used again
     */
    public record Pace(Duration keepEvery, Duration settle) {
        public static final Pace NORMAL = new Pace(Duration.ofSeconds(30), Duration.ofMillis(2500));
    }

    /**
     * What came of one side.
     *
     * @param reused files, hard links counted once, whose hash was there already
     * @param made files that were hashed, and may be used again
     * @param left files that were changing, vanished, or could not be read
     * @param errors what the tools complained about; may be cut
     */
    public record SideHashed(long reused, long made, long left, String errors) {}

    /** What came of both. */
    public record Hashed(SideHashed source, SideHashed target) {}

    /**
     * Hashes what has no hash yet; may run beside a pass.
     *
     * @throws Refusal when a host cannot be reached, or its tree not be listed
     * @throws Superseded when the target knows a newer run
     */
    public Hashed hash(Route route, CommandRun run) throws InterruptedException {
        run.ensureHeld();
        HashingProgress progress = new HashingProgress("hashing contents on both sides", run);
        Exclusions exclusions = Exclusions.of(route.options());
        try (Trees trees = reader.open(route, run)) {
            SideHashing source = new SideHashing(trees.source(), exclusions, spools, run, progress, pace, clock);
            SideHashing target = new SideHashing(trees.target(), exclusions, spools, run, progress, pace, clock);
            Results<SideHashed> results = BothSides.run(source::hash, target::hash);
            return new Hashed(results.source(), results.target());
        }
    }
}
