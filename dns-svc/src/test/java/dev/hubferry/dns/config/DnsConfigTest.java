package dev.hubferry.dns.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.testbed.ExampleSettings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DnsConfigTest {

    private static final Map<String, String> LEAST = Map.of(
            "hubferry.dns.zones.example.domain", "example.org",
            "hubferry.dns.zones.example.namecheap.api-user", "ferry",
            "hubferry.dns.zones.example.namecheap.key-file", "/etc/hubferry/namecheap.key",
            "hubferry.dns.zones.example.namecheap.client-ip", "192.0.2.10");

    @Test
    void hasTheseDefaults() {
        // Given, When
        DnsConfig config = config(LEAST);
        ZoneConfig zone = config.zones().values().iterator().next();
        NamecheapConfig namecheap = zone.namecheap();
        // Then
        assertThat(config.zones()).containsOnlyKeys("example");
        assertThat(config.propagationInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.propagationLimit()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.nameServerTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(zone.domain()).isEqualTo("example.org");
        assertThat(zone.shortestTtl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(zone.longestTtl()).isEqualTo(Duration.ofSeconds(60_000));
        assertThat(zone.allowManagedMail()).isFalse();
        assertThat(zone.nameServers()).isEmpty();
        assertThat(zone.resolver()).isEmpty();
        assertThat(zone.serviceHosts()).hasSize(13).contains("_sip._tls", "_autodiscover._tcp");
        assertThat(namecheap.url()).isEqualTo(URI.create("https://api.namecheap.com/xml.response"));
        assertThat(namecheap.apiUser()).isEqualTo("ferry");
        assertThat(namecheap.userName()).isEmpty();
        assertThat(namecheap.keyFile()).isEqualTo(Path.of("/etc/hubferry/namecheap.key"));
        assertThat(namecheap.clientIp()).isEqualTo("192.0.2.10");
        assertThat(namecheap.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(namecheap.writeSettles()).isEqualTo(Duration.ofSeconds(60));
        assertThat(namecheap.callsPerMinute()).isEqualTo(20);
        assertThat(namecheap.callsPerHour()).isEqualTo(700);
        assertThat(namecheap.callsPerDay()).isEqualTo(8_000);
    }

    @Test
    void takesNameServersWithPorts() {
        // Given
        Map<String, String> more = new HashMap<>(LEAST);
        more.put("hubferry.dns.zones.example.name-servers", "127.0.0.4:5300,127.0.0.5:5300");
        // When, Then
        assertThat(config(more).zones().values().iterator().next().nameServers())
                .contains(List.of("127.0.0.4:5300", "127.0.0.5:5300"));
    }

    @Test
    void refusesAnUnknownKeyAndAMissingOne() {
        // Given
        Map<String, String> unknown = new HashMap<>(LEAST);
        unknown.put("hubferry.dns.zones.example.namecheap.api-key", "x");
        Map<String, String> missing = new HashMap<>(LEAST);
        missing.remove("hubferry.dns.zones.example.namecheap.client-ip");
        // When, Then
        assertThatThrownBy(() -> config(unknown))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("api-key");
        assertThatThrownBy(() -> config(missing))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("client-ip");
    }

    @Test
    void takesTheExampleOfTheComposeFile() {
        // Given
        Map<String, String> example = ExampleSettings.of("dns-svc");

        // When, Then: it refuses a key that it does not know
        assertThat(example.keySet()).allMatch(key -> key.startsWith("hubferry.dns."));
        assertThat(config(example).zones()).containsOnlyKeys("example-org");
    }

    private static DnsConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(DnsConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(DnsConfig.class);
    }
}
