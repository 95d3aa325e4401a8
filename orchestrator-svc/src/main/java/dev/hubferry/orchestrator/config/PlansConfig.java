package dev.hubferry.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient dry runs are, and how long they are kept. */
@ConfigMapping(prefix = "hubferry.plans")
public interface PlansConfig {
    /** How long a request waits for its plan before it is answered with where the plan will be. */
    @WithDefault("PT30S")
    Duration patience();

    /** How long a plan waits for the services' answers before it says which did not come; counting many homes takes long. */
    @WithDefault("PT1H")
    Duration deadline();

    /** How long a plan is kept after its end. */
    @WithDefault("P7D")
    Duration retention();

    /** How often plans are looked for that may go. */
    @WithDefault("PT10M")
    Duration forgetPoll();
}
