package dev.hubferry.dns.domain;

import static dev.hubferry.dns.domain.World.HUB;
import static dev.hubferry.dns.domain.World.LOW;
import static dev.hubferry.dns.domain.World.NEW;
import static dev.hubferry.dns.domain.World.OLD;
import static dev.hubferry.dns.domain.World.RECORD;
import static dev.hubferry.dns.domain.World.done;
import static dev.hubferry.dns.domain.World.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LowerTtlTest {

    private final World world = new World();

    @Test
    void changesNothingButTheTimeToLive() throws InterruptedException {
        // Given, When
        LowerTtl.Lowered lowered = lower(LOW);
        // Then
        assertThat(lowered).isEqualTo(new LowerTtl.Lowered(Duration.ofSeconds(1799), LOW, world.now()));
        assertThat(world.provider.zone().sameAs(World.ZONE.replacing(RECORD, RECORD.withTtl(300))))
                .isTrue();
        assertThat(world.provider.replacements()).isOne();
    }

    @Test
    void leavesATimeToLiveThatIsLowEnough() throws InterruptedException {
        // Given, When
        LowerTtl.Lowered lowered = lower(Duration.ofSeconds(1799));
        // Then
        assertThat(lowered.oldTtl()).isEqualTo(Duration.ofSeconds(1799));
        assertThat(world.provider.replacements()).isZero();
        assertThat(restore()).isEmpty();
    }

    @Test
    void answersTheOriginalTimeToLiveWhenRunAgain() throws InterruptedException {
        // Given
        lower(LOW);
        // When
        LowerTtl.Lowered again = lower(LOW);
        // Then
        assertThat(again.oldTtl()).isEqualTo(Duration.ofSeconds(1799));
        assertThat(again.newTtl()).isEqualTo(LOW);
        assertThat(world.provider.replacements()).isOne();
    }

    @Test
    void endsOnlyWhenEveryServerServesTheLowerTimeToLive() throws InterruptedException {
        // Given
        var start = world.now();
        world.nameServers.serves(
                FakeNameServers.SECOND,
                () -> world.now().isBefore(start.plusSeconds(20)) ? World.ZONE : world.provider.zone());
        // When
        LowerTtl.Lowered lowered = lower(LOW);
        // Then
        assertThat(lowered.at()).isEqualTo(start.plusSeconds(20));
        assertThat(world.work.reports()).contains("1 of 2").endsWith("2 of 2");
    }

    @Test
    void keepsNoOtherMigrationFromTheZoneWhileItWaitsForNameServers() throws InterruptedException {
        // Given
        var start = world.now();
        world.nameServers.serves(
                FakeNameServers.SECOND,
                () -> world.now().isBefore(start.plusSeconds(20)) ? World.ZONE : world.provider.zone());
        world.meanwhile(() -> switchOther());
        // When
        LowerTtl.Lowered lowered = lower(LOW);
        // Then
        assertThat(lowered.at()).isEqualTo(start.plusSeconds(20));
        assertThat(world.provider.zone().at("www"))
                .containsExactly(ZoneRecord.of("www", "CNAME", "lb-1.eu.elb.example.net", 1799));
        assertThat(world.record().ttlSeconds()).isEqualTo(300);
    }

    @Test
    void refusesARecordThatIsNotTheOldHubs() throws InterruptedException {
        // Given, When
        var problem =
                refused(world.zone.lowerTtl().execute(HUB, NEW, LOW, world.work), ErrorCode.RECORD_NOT_AS_EXPECTED);
        // Then
        assertThat(problem.detail()).contains("hub 1799 A 192.0.2.1").contains("192.0.2.2");
        assertThat(world.provider.replacements()).isZero();
    }

    @Test
    void refusesATimeToLiveThatTheProviderWouldRaise() throws InterruptedException {
        // Given, When
        var problem = refused(
                world.zone.lowerTtl().execute(HUB, OLD, Duration.ofSeconds(5), world.work), ErrorCode.SPEC_INVALID);
        // Then
        assertThat(problem.detail()).contains("60").contains("60000").contains("5");
        assertThat(world.isForgotten()).isTrue();
    }

    @Test
    void findsServiceRecordsThatTheWriteLost() throws InterruptedException {
        // Given
        world.nameServers.services(
                Set.of(new ServiceRecord(DomainName.of("_sip._tls.example.org"), "1 1 443 sip.example.net")));
        world.provider.nextWrite(wanted -> {
            world.nameServers.services(Set.of());
            return world.provider.accept(wanted);
        });
        // When
        var problem = refused(world.zone.lowerTtl().execute(HUB, OLD, LOW, world.work), ErrorCode.ZONE_WRITE_WRONG);
        // Then
        assertThat(problem.detail()).contains("_sip._tls.example.org SRV 1 1 443 sip.example.net");
    }

    @Test
    void restoresTheTimeToLiveWhereverTheRecordLeadsByNow() throws InterruptedException {
        // Given
        lower(LOW);
        done(world.zone.switchRecord().execute(HUB, OLD, NEW, world.work));
        // When, Then
        assertThat(restore())
                .hasValueSatisfying(
                        zone -> assertThat(zone.sameAs(world.provider.zone())).isTrue());
        assertThat(world.record()).isEqualTo(ZoneRecord.of("hub", "A", "192.0.2.2", 1799));
        assertThat(restore()).isEmpty();
    }

    @Test
    void leavesATimeToLiveThatSomebodyElseHasSet() throws InterruptedException {
        // Given
        lower(LOW);
        world.provider.edit(
                zone -> zone.replacing(world.record(), world.record().withTtl(900)));
        // When
        restore();
        // Then
        assertThat(world.record().ttlSeconds()).isEqualTo(900);
        assertThat(world.isForgotten()).isTrue();
    }

    private void switchOther() {
        try {
            done(world.zone
                    .switchRecord()
                    .execute(DomainName.of("www.example.org"), World.OLD_NAME, World.NEW_NAME, world.otherWork));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private LowerTtl.Lowered lower(Duration ttl) throws InterruptedException {
        return done(world.zone.lowerTtl().execute(HUB, OLD, ttl, world.work));
    }

    private Optional<Zone> restore() throws InterruptedException {
        return done(world.zone.restoreTtl().execute(HUB, world.work));
    }
}
