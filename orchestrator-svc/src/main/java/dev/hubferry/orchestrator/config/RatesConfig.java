package dev.hubferry.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much a caller may ask of one replica; far above what people, pages and tools do, and below what hurts others. */
@ConfigMapping(prefix = "hubferry.rates")
public interface RatesConfig {
    /** Calls of a caller that change nothing. */
    Reads reads();

    /** Calls of a caller that may change something. */
    Changes changes();

    /** Calls from an address (of IPv6: from 64 bits of network) without a valid token. Behind a proxy all come from its address, unless quarkus.http.proxy says otherwise. */
    Guesses guesses();

    /** Event streams that a caller may hold open. */
    @WithDefault("50")
    int streams();

    /** Callers and addresses whose calls are counted; each costs less than 1 KiB of memory. */
    @WithDefault("10000")
    int remembered();

    /** A bucket that fills evenly. */
    interface Rate {
        /** How many at once, after a pause. */
        int burst();

        /** How many in the long run. */
        int perMinute();
    }

    /** 100 a second. */
    interface Reads extends Rate {
        @Override
        @WithDefault("1000")
        int burst();

        @Override
        @WithDefault("6000")
        int perMinute();
    }

    /** 10 a second. */
    interface Changes extends Rate {
        @Override
        @WithDefault("300")
        int burst();

        @Override
        @WithDefault("600")
        int perMinute();
    }

    /** One a second. */
    interface Guesses extends Rate {
        @Override
        @WithDefault("60")
        int burst();

        @Override
        @WithDefault("60")
        int perMinute();
    }
}
