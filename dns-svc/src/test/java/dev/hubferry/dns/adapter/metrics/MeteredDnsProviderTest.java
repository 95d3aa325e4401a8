package dev.hubferry.dns.adapter.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.dns.domain.CallBudget;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DnsProvider;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.NoSpareCallException;
import dev.hubferry.dns.domain.Zone;
import dev.hubferry.testbed.MetricsPage;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeteredDnsProviderTest {
    private static final DomainName DOMAIN = DomainName.of("example.org");
    private static final Zone ZONE = new Zone(DOMAIN, "MX", List.of());

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void countsByWhatCameOfIt() throws Exception {
        // Given
        DnsProvider good = new MeteredDnsProvider(answering(new DnsProvider.Written.Accepted()), registry);
        DnsProvider doubtful =
                new MeteredDnsProvider(answering(new DnsProvider.Written.Unknown("no answer")), registry);
        CallBudget budget = new MeteredCallBudget(
                () -> {
                    throw new DnsAccessException(ErrorCode.DNS_RATE_LIMITED, "used up");
                },
                registry);
        // When
        good.read(DOMAIN);
        good.replace(ZONE, ZONE, java.util.Optional::empty);
        doubtful.replace(ZONE, ZONE, java.util.Optional::empty);
        assertThatThrownBy(budget::take).isInstanceOf(DnsAccessException.class);
        new MeteredCallBudget(() -> {}, registry).take();
        // Then
        assertThat(requests("read", "OK")).isEqualTo(1);
        assertThat(requests("write", "OK")).isEqualTo(1);
        assertThat(requests("write", "IN_DOUBT")).isEqualTo(1);
        assertThat(calls("refused")).isEqualTo(1);
        assertThat(calls("taken")).isEqualTo(1);
        // And the page says so
        var exposed = MetricsPage.exposed(registry.scrape());
        if (Boolean.getBoolean("hubferry.write-docs")) {
            MetricsPage.write("dns-svc", exposed);
        }
        assertThat(MetricsPage.documented("dns-svc")).containsExactlyElementsOf(exposed);
    }

    @Test
    void countsWhatFails() {
        // Given
        DnsProvider failing = new MeteredDnsProvider(
                throwing(new DnsAccessException(ErrorCode.DNS_UNREACHABLE, "nobody there")), registry);
        DnsProvider thrifty = new MeteredDnsProvider(throwing(new NoSpareCallException()), registry);
        // When
        assertThatThrownBy(() -> failing.read(DOMAIN)).isInstanceOf(DnsAccessException.class);
        assertThatThrownBy(() -> thrifty.read(DOMAIN)).isInstanceOf(NoSpareCallException.class);
        // Then
        assertThat(requests("read", "DNS_UNREACHABLE")).isEqualTo(1);
        assertThat(requests("read", "NO_SPARE_CALL")).isEqualTo(1);
    }

    private long requests(String operation, String outcome) {
        return registry.get("hubferry.dns.requests")
                .tags("operation", operation, "outcome", outcome)
                .timer()
                .count();
    }

    private double calls(String outcome) {
        return registry.get("hubferry.dns.calls")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static DnsProvider answering(DnsProvider.Written written) {
        return new DnsProvider() {
            @Override
            public Reading read(DomainName zone) {
                return new Reading(ZONE, true, Set.of());
            }

            @Override
            public Written replace(Zone expected, Zone wanted, Gate gate) {
                return written;
            }
        };
    }

    private static DnsProvider throwing(RuntimeException failure) {
        return new DnsProvider() {
            @Override
            public Reading read(DomainName zone) {
                throw failure;
            }

            @Override
            public Written replace(Zone expected, Zone wanted, Gate gate) {
                throw failure;
            }
        };
    }
}
