package dev.hubferry.messaging;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** Keeps the figures of metrics fresh, one after the other, and has them forgotten when there is no answer. */
final class Sampler {
    private static final Logger LOG = Logger.getLogger(Sampler.class);

    /** How many looks a figure outlives: a slow one must not make gaps. */
    private static final int LOOKS_KEPT = 3;

    private final List<Sampled> all;
    private final Duration interval;
    private final Set<Sampled> failing = new HashSet<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("metrics-sampler").unstarted(this::sampleForEver);

    Sampler(List<Sampled> all, Duration interval) {
        this.all = List.copyOf(all);
        this.interval = interval;
    }

    /** For how long a figure is good that is asked for every {@code interval}. */
    static Duration kept(Duration interval) {
        return interval.multipliedBy(LOOKS_KEPT);
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    private void sampleForEver() {
        try {
            while (true) {
                sampleOnce();
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            LOG.debug("the sampler of metrics ends");
        }
    }

    /** Whatever is thrown, an Error too: without this thread the figures would be gone until the next start. */
    void sampleOnce() {
        for (Sampled sampled : all) {
            try {
                sampled.ask();
                failing.remove(sampled);
            } catch (RuntimeException | Error e) {
                sampled.figures().forget();
                if (failing.add(sampled)) {
                    LOG.warnf(
                            e,
                            "figures of metrics are not known, will try again: %s",
                            sampled.getClass().getSimpleName());
                }
            }
        }
    }
}
