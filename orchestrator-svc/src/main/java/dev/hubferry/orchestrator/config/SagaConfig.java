package dev.hubferry.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient sagas are. */
@ConfigMapping(prefix = "hubferry.saga")
public interface SagaConfig {
    /** How a step above the pivot that failed for a transient reason is tried again before the migration is taken back. */
    EarlyRetries retries();

    /** How a step from the pivot on is tried again before the migration is parked: users may be waiting for it. */
    PatientRetries lateRetries();

    /** How an undo is tried again before the migration is parked. */
    PatientRetries undoRetries();

    /** How long a command may be unanswered before its participant is asked what became of it, and again after that; up to 64 times as long while it says nothing. */
    @WithDefault("PT1M")
    Duration probeAfter();

    /** How often timers are looked through that another replica has set. */
    @WithDefault("PT0.5S")
    Duration timerPoll();

    /** How often replies are looked for that an older replica has handed over. */
    @WithDefault("PT0.5S")
    Duration takeOverPoll();

    /** How often an event stream looks for events of other replicas. */
    @WithDefault("PT1S")
    Duration streamPoll();

    /** How something is tried again. */
    interface Retries {
        /** The delay before the second attempt; doubles for each further one. */
        Duration firstDelay();

        /** The longest delay. */
        Duration cap();

        /** How often in all. */
        int attempts();
    }

    /** Gives up after half a minute. */
    interface EarlyRetries extends Retries {
        @Override
        @WithDefault("PT1S")
        Duration firstDelay();

        @Override
        @WithDefault("PT30S")
        Duration cap();

        @Override
        @WithDefault("6")
        int attempts();
    }

    /** Sits out at least an hour, such as an upgrade of a cluster's control plane. */
    interface PatientRetries extends Retries {
        @Override
        @WithDefault("PT1S")
        Duration firstDelay();

        @Override
        @WithDefault("PT1M")
        Duration cap();

        @Override
        @WithDefault("130")
        int attempts();
    }
}
