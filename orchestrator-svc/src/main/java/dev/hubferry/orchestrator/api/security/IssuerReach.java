package dev.hubferry.orchestrator.api.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Knows whether the issuer has ever answered. Until then every token needs a question to it, so after one that failed there is a pause:
 * whoever sends made-up tokens could otherwise keep the service asking.
 */
final class IssuerReach {
    private static final Logger LOG = Logger.getLogger(IssuerReach.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Clock clock;
    private final AtomicReference<Reach> reach = new AtomicReference<>(new Reach.Untried());

    IssuerReach(Clock clock) {
        this.clock = clock;
    }

    private sealed interface Reach {
        record Untried() implements Reach {}

        record Failed(Instant nextTry) implements Reach {}

        record Reached() implements Reach {}
    }

    /** Whether it makes no sense to ask yet. */
    boolean inPause() {
        return reach.get() instanceof Reach.Failed failed && clock.instant().isBefore(failed.nextTry());
    }

    void answered() {
        if (!(reach.getAndSet(new Reach.Reached()) instanceof Reach.Reached)) {
            LOG.info("the issuer of hubferry.auth.oidc answers; its tokens are verified from now on");
        }
    }

    /** @param why without anything of a token */
    void failed(String why) {
        Reach before = reach.getAndUpdate(now -> switch (now) {
            case Reach.Reached reached -> reached;
            case Reach.Untried _, Reach.Failed _ ->
                new Reach.Failed(clock.instant().plus(PAUSE));
        });
        if (!(before instanceof Reach.Failed)) {
            LOG.warnf("the issuer of hubferry.auth.oidc does not answer, so its tokens cannot be verified: %s", why);
        }
    }
}
