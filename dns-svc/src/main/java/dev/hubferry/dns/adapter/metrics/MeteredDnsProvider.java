package dev.hubferry.dns.adapter.metrics;

import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DnsProvider;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.NoSpareCallException;
import dev.hubferry.dns.domain.Zone;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts reads and writes of zones, and how long they took, waits for a free call within. */
public final class MeteredDnsProvider implements DnsProvider {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2)
    };

    private final DnsProvider provider;
    private final MeterRegistry registry;

    public MeteredDnsProvider(DnsProvider provider, MeterRegistry registry) {
        this.provider = provider;
        this.registry = registry;
    }

    private interface Question<T> {
        T ask() throws InterruptedException;
    }

    @Override
    public Reading read(DomainName zone) throws InterruptedException {
        long start = System.nanoTime();
        Reading reading = counted("read", start, () -> provider.read(zone));
        count("read", "OK", start);
        return reading;
    }

    @Override
    public Written replace(Zone expected, Zone wanted, Gate gate) throws InterruptedException {
        long start = System.nanoTime();
        Written written = counted("write", start, () -> provider.replace(expected, wanted, gate));
        String outcome = switch (written) {
            case Written.Accepted() -> "OK";
            case Written.Unknown(String _) -> "IN_DOUBT";
            case Written.NotSent(var why) -> why.code().name();
        };
        count("write", outcome, start);
        return written;
    }

    private <T> T counted(String operation, long start, Question<T> question) throws InterruptedException {
        try {
            return question.ask();
        } catch (DnsAccessException e) {
            count(operation, e.code().name(), start);
            throw e;
        } catch (NoSpareCallException e) {
            count(operation, "NO_SPARE_CALL", start);
            throw e;
        }
    }

    private void count(String operation, String outcome, long start) {
        Timer.builder("hubferry.dns.requests")
                .description(
                        "Reads and writes of zones at the provider, waits for a free call within:"
                                + " OK, IN_DOUBT when nobody knows, NO_SPARE_CALL for a look that was put off, or an error code")
                .tags("operation", operation, "outcome", outcome)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(Duration.ofNanos(System.nanoTime() - start));
    }
}
