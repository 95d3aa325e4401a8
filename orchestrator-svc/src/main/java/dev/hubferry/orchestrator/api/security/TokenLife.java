package dev.hubferry.orchestrator.api.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** For how long the token of a caller is still good; what is answered for longer than a moment ends then. */
@Singleton
public final class TokenLife {
    /** Longer than any connection; tokens of the file do not expire. */
    private static final Duration UNLIMITED = Duration.ofDays(366);

    private static final String GOOD_UNTIL = TokenLife.class.getName();

    private final SecurityIdentity caller;
    private final Clock clock;

    TokenLife(SecurityIdentity caller, Clock clock) {
        this.caller = caller;
        this.clock = clock;
    }

    /** What is left for the caller of this request; nothing or less when the token has expired since it was looked at. */
    public Duration left() {
        return caller.getAttribute(GOOD_UNTIL) instanceof Instant until
                ? Duration.between(clock.instant(), until)
                : UNLIMITED;
    }

    static SecurityIdentity limited(SecurityIdentity identity, Instant until) {
        return QuarkusSecurityIdentity.builder(identity)
                .addAttribute(GOOD_UNTIL, until)
                .build();
    }
}
