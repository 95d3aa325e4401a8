package dev.hubferry.dns.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ZoneValuesTest {

    @Test
    void spellsEqualNamesAlike() {
        // Given, When, Then
        assertThat(DomainName.of(" Hub.Example.ORG. ")).isEqualTo(DomainName.of("hub.example.org"));
        assertThat(DomainName.of("bücher.example").value()).isEqualTo("xn--bcher-kva.example");
        assertThat(DomainName.of("_sip._tls.example.org").value()).isEqualTo("_sip._tls.example.org");
    }

    @Test
    void refusesWhatIsNoName() {
        // Given, When, Then
        for (String text : List.of("", ".", "a..b", "a b.org", "x".repeat(64) + ".org", "a.".repeat(130) + "org")) {
            assertThatThrownBy(() -> DomainName.of(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void tellsANameWithinAZoneFromOneThatOnlyEndsAlike() {
        // Given
        DomainName zone = DomainName.of("example.org");
        // When, Then
        assertThat(DomainName.of("a.b.example.org").hostIn(zone)).isEqualTo("a.b");
        assertThat(zone.hostIn(zone)).isEqualTo("@");
        assertThat(DomainName.of("hub.badexample.org").isWithin(zone)).isFalse();
        assertThatThrownBy(() -> DomainName.of("hub.badexample.org").hostIn(zone))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void spellsEqualRecordsAlike() {
        // Given, When, Then
        assertThat(new ZoneRecord("HUB.", "cname", "LB.Example.Net.", 300, 10))
                .isEqualTo(ZoneRecord.of("hub", "CNAME", "lb.example.net", 300));
        assertThat(ZoneRecord.of("", "AAAA", "2001:DB8::1", 300))
                .isEqualTo(ZoneRecord.of("@", "AAAA", "2001:db8:0:0:0:0:0:1", 300));
        assertThat(new ZoneRecord("@", "MX", "m.example.net", 300, 5))
                .isNotEqualTo(new ZoneRecord("@", "MX", "m.example.net", 300, 10));
    }

    @Test
    void keepsTextToTheLetter() {
        // Given, When
        ZoneRecord record = ZoneRecord.of("@", "TXT", "Key=ABC; p=\"x\".", 300);
        // Then
        assertThat(record.value()).isEqualTo("Key=ABC; p=\"x\".");
    }

    @Test
    void comparesZonesAsMultisets() {
        // Given
        ZoneRecord a = ZoneRecord.of("a", "A", "192.0.2.1", 300);
        ZoneRecord b = ZoneRecord.of("b", "A", "192.0.2.2", 300);
        // When, Then
        assertThat(World.zoneWith(a, b).sameAs(World.zoneWith(b, a))).isTrue();
        assertThat(World.zoneWith(a, a, b).sameAs(World.zoneWith(a, b, b))).isFalse();
        assertThat(World.zoneWith(a).sameAs(new Zone(World.DOMAIN, "MX", List.of(a))))
                .isFalse();
        assertThat(World.zoneWith(a, a, b).difference(World.zoneWith(a, b, b)).toString())
                .isEqualTo("- a 300 A 192.0.2.1; + b 300 A 192.0.2.2");
    }

    @Test
    void replacesOnlyARecordThatStandsOnce() {
        // Given
        ZoneRecord a = ZoneRecord.of("a", "A", "192.0.2.1", 300);
        // When, Then
        assertThat(World.zoneWith(a).replacing(a, a.withTtl(60)).records()).containsExactly(a.withTtl(60));
        assertThatThrownBy(() -> World.zoneWith(a, a).replacing(a, a.withTtl(60)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> World.zoneWith().replacing(a, a)).isInstanceOf(IllegalArgumentException.class);
    }
}
