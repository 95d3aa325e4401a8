package dev.hubferry.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.dns.config.DnsConfig;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.FakeZoneTurns;
import dev.hubferry.dns.domain.ManagedZone;
import dev.hubferry.dns.domain.ManagedZones;
import dev.hubferry.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ZoneWiringTest {

    private final Map<String, String> values = new HashMap<>();

    @Test
    void makesAZoneOfEveryConnection() {
        // Given
        connection("one", "example.org");
        connection("two", "example.co.uk");
        // When
        ManagedZones zones = zones();
        // Then
        assertThat(zones.find("two").map(ManagedZone::domain)).contains(DomainName.of("example.co.uk"));
        assertThat(zones.find("three")).isEmpty();
    }

    @Test
    void refusesTwoConnectionsForOneZone() {
        // Given
        connection("one", "example.org");
        connection("two", "Example.org.");
        // When, Then
        assertThatThrownBy(this::zones)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'one'")
                .hasMessageContaining("'two'")
                .hasMessageContaining("example.org");
    }

    @Test
    void refusesTwoLimitsForOneApiUser() {
        // Given
        connection("one", "example.org");
        connection("two", "example.com");
        values.put("hubferry.dns.zones.two.namecheap.calls-per-minute", "5");
        // When, Then
        assertThatThrownBy(this::zones).hasMessageContaining("ferry").hasMessageContaining("perMinute=5");
    }

    @Test
    void namesTheConnectionThatCannotWork() {
        // Given
        connection("one", "example.org");
        values.put("hubferry.dns.zones.one.namecheap.url", "http://api.example.net/xml.response");
        // When, Then
        assertThatThrownBy(this::zones).hasMessageContaining("zones.one").hasMessageContaining("https");
        values.put("hubferry.dns.zones.one.namecheap.url", "https://api.example.net/xml.response");
        values.put("hubferry.dns.zones.one.namecheap.write-settles", "PT10S");
        assertThatThrownBy(this::zones).hasMessageContaining("write-settles");
        values.remove("hubferry.dns.zones.one.namecheap.write-settles");
        values.put("hubferry.dns.zones.one.name-servers", "dns1.example.net");
        assertThatThrownBy(this::zones).hasMessageContaining("zones.one");
    }

    private void connection(String name, String domain) {
        String zone = "hubferry.dns.zones." + name + ".";
        values.put(zone + "domain", domain);
        values.put(zone + "name-servers", "127.0.0.4:5300");
        values.put(zone + "namecheap.api-user", "ferry");
        values.put(zone + "namecheap.key-file", "/etc/hubferry/namecheap.key");
        values.put(zone + "namecheap.client-ip", "192.0.2.10");
    }

    private ManagedZones zones() {
        DnsConfig config = new SmallRyeConfigBuilder()
                .withMapping(DnsConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(DnsConfig.class);
        try (ZoneWiring wiring = new ZoneWiring(
                config,
                (_, _) -> () -> {},
                new FakeZoneTurns(),
                Clock.systemUTC(),
                Thread::sleep,
                new SimpleMeterRegistry(),
                Traces.NONE)) {
            return wiring.zones();
        }
    }
}
