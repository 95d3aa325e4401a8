package dev.hubferry.simulation;

/**
 * What all schedules of a simulation have in common.
 *
 * @param seed of all dice
 * @param targetRuns whether the target's own hub may be open before the migration, and hence after the way back; users whose caches
 *     still lead there then write on it, which the way back does not prevent yet
 * @param hostFence whether storage hosts refuse stale runs as they do today, by epochs of one command and the command that came last; a
 *     sleeper whose command never came before is then let in
 */
public record Settings(long seed, boolean targetRuns, boolean hostFence) {
    /** The options of the command line that give these settings, each with a blank before it. */
    String options() {
        return (targetRuns ? " --target-open" : "") + (hostFence ? " --host-fence" : "");
    }

    public static Settings of(long seed) {
        return new Settings(seed, false, false);
    }
}
