package dev.hubferry.storage.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/** The storage servers that homes can be moved between, and how they are moved. */
@ConfigMapping(prefix = "hubferry.storage")
public interface StorageConfig {
    /** The storage connections by the name that the spec of a migration gives them. */
    Map<String, ConnectionConfig> connections();

    /** How many rsyncs or tar streams a pass runs at a time, at most; it finds out how many pay. */
    @WithDefault("4")
    int workers();

    /**
     * How much all workers of a pass together may move, in bytes per second; unset for no limit. With one, a pass always runs
     * as many as {@link #workers}, each with an equal part.
     */
    OptionalLong bandwidthLimit();

    /** The share of the entries on the target, from 0 to 1, that the final pass deletes without asking. */
    @WithDefault("0.25")
    double deletionShare();

    /** As many entries are deleted without asking, whatever their share is. */
    @WithDefault("1000")
    long deletionsAlways();

    /** How many processes hash files at a time on each server when trees are compared. */
    @WithDefault("2")
    int hashWorkers();

    /** How long to wait between two looks at a pass under way. */
    @WithDefault("PT0.5S")
    Duration pollInterval();

    /** How long a lost connection may stay lost, between the servers or to them, before a pass is given up. */
    @WithDefault("PT10M")
    Duration patience();

    /** How long reading a whole tree with all contents may take. */
    @WithDefault("PT24H")
    Duration verifyDeadline();

    /**
     * How many scans and verifications, of all migrations, read one server at a time. Each has an ssh connection of its own, and its login
     * counts for MaxStartups of that server's sshd.
     */
    @WithDefault("6")
    int longJobs();

    /** How long a scan or a verification may wait for its turn on a server. */
    @WithDefault("PT2H")
    Duration longJobWait();

    /** The seed passes that are run in any case. */
    @WithDefault("2")
    int seedPassesMin();

    /** The seed passes that are run at most. */
    @WithDefault("5")
    int seedPassesMax();

    /** A seed pass that takes no longer is the last one, once the least number has been run. */
    @WithDefault("PT20S")
    Duration shortPass();
}
