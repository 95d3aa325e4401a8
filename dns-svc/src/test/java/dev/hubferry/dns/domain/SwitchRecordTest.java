package dev.hubferry.dns.domain;

import static dev.hubferry.dns.domain.World.HUB;
import static dev.hubferry.dns.domain.World.NEW;
import static dev.hubferry.dns.domain.World.NEW_NAME;
import static dev.hubferry.dns.domain.World.OLD;
import static dev.hubferry.dns.domain.World.RECORD;
import static dev.hubferry.dns.domain.World.ZONE;
import static dev.hubferry.dns.domain.World.done;
import static dev.hubferry.dns.domain.World.refused;
import static dev.hubferry.dns.domain.World.zoneWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.dns.domain.DnsProvider.Written;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwitchRecordTest {

    private final World world = new World();

    @Test
    void turnsTheRecordAndKeepsTheRestOfTheZone() throws InterruptedException {
        // Given, When
        SwitchRecord.Switched switched = done(run(NEW));
        // Then
        Zone wanted = ZONE.replacing(RECORD, ZoneRecord.of("hub", "A", "192.0.2.2", 1799));
        assertThat(switched.before().sameAs(ZONE)).isTrue();
        assertThat(switched.after().sameAs(wanted)).isTrue();
        assertThat(world.provider.zone().sameAs(wanted)).isTrue();
    }

    @Test
    void turnsAnAddressIntoAnAliasInOneWriteAndBack() throws InterruptedException {
        // Given, When
        done(run(NEW_NAME));
        // Then
        assertThat(world.record()).isEqualTo(ZoneRecord.of("hub", "CNAME", "lb-1.eu.elb.example.net", 1799));
        assertThat(world.provider.replacements()).isOne();
        assertThat(undo()).hasValueSatisfying(this::isAsItStands);
        assertThat(world.provider.zone().sameAs(ZONE)).isTrue();
        assertThat(world.isForgotten()).isTrue();
    }

    @Test
    void answersTheZoneBeforeTheSwitchWhenRunAgain() throws InterruptedException {
        // Given
        done(run(NEW));
        // When
        SwitchRecord.Switched again = done(run(NEW));
        // Then
        assertThat(again.before().sameAs(ZONE)).isTrue();
        assertThat(world.provider.replacements()).isOne();
    }

    @Test
    void refusesARecordThatSomebodyElseHasTurnedAlready() throws InterruptedException {
        // Given
        world.provider.edit(zone -> zone.replacing(RECORD, ZoneRecord.of("hub", "A", "192.0.2.2", 1799)));
        // When
        refused(run(NEW), ErrorCode.RECORD_NOT_AS_EXPECTED);
        // Then
        assertThat(undo()).isEmpty();
        assertThat(world.record().value()).isEqualTo("192.0.2.2");
    }

    @Test
    void doesNothingWhenBothHubsShareOneAddress() throws InterruptedException {
        // Given, When
        done(run(OLD));
        // Then
        assertThat(world.provider.replacements()).isZero();
        assertThat(undo()).isEmpty();
    }

    @Test
    void refusesToWriteWhenTheZoneChangedMeanwhile() throws InterruptedException {
        // Given
        world.provider.beforeRead(() -> {});
        world.provider.beforeRead(() -> world.provider.edit(
                zone -> zone.replacing(zone.at("www").getFirst(), ZoneRecord.of("www", "A", "192.0.2.5", 60))));
        // When
        var problem = refused(run(NEW), ErrorCode.ZONE_CHANGED);
        // Then
        assertThat(problem.detail()).contains("- www 1799 CNAME example.net", "+ www 60 A 192.0.2.5");
        assertThat(world.provider.replacements()).isZero();
        done(run(NEW));
        assertThat(world.provider.zone().at("www")).containsExactly(ZoneRecord.of("www", "A", "192.0.2.5", 60));
    }

    @Test
    void namesTheRecordsThatAWriteLost() throws InterruptedException {
        // Given
        world.provider.nextWrite(wanted -> world.provider.accept(
                new Zone(wanted.domain(), "NONE", List.of(wanted.at("hub").getFirst()))));
        // When
        var problem = refused(run(NEW), ErrorCode.ZONE_WRITE_WRONG);
        // Then
        assertThat(problem.detail()).contains("- www 1799 CNAME example.net", "5 mail.example.net", "mail MX -> NONE");
    }

    @Test
    void findsThatAWriteWithoutAnswerTookEffectAndDoesNotRepeatIt() throws InterruptedException {
        // Given
        world.provider.nextWrite(wanted -> {
            world.provider.accept(wanted);
            return new Written.Unknown("timed out");
        });
        // When, Then
        done(run(NEW));
        assertThat(world.provider.replacements()).isOne();
        assertThat(world.record().value()).isEqualTo("192.0.2.2");
    }

    @Test
    void waitsForAWriteThatTakesEffectLate() throws InterruptedException {
        // Given
        var start = world.now();
        world.provider.nextWrite(wanted -> {
            for (int i = 0; i < 5; i++) {
                world.provider.beforeRead(() -> {});
            }
            world.provider.beforeRead(() -> world.provider.accept(wanted));
            return new Written.Unknown("timed out");
        });
        // When
        done(run(NEW));
        // Then
        assertThat(world.now()).isAfter(start);
        assertThat(world.provider.replacements()).isOne();
    }

    @Test
    void waitsForAWriteThatWasAcceptedAndTakesEffectLate() throws InterruptedException {
        // Given
        world.provider.nextWrite(wanted -> {
            for (int i = 0; i < 3; i++) {
                world.provider.beforeRead(() -> {});
            }
            world.provider.beforeRead(() -> world.provider.accept(wanted));
            return new Written.Accepted();
        });
        // When, Then
        done(run(NEW));
        assertThat(world.provider.replacements()).isOne();
        assertThat(world.record().value()).isEqualTo("192.0.2.2");
    }

    @Test
    void saysThatAnAcceptedWriteHadNoEffectOnlyWhenItHasSettled() throws InterruptedException {
        // Given
        var start = world.now();
        world.provider.nextWrite(_ -> new Written.Accepted());
        // When
        var problem = refused(run(NEW), ErrorCode.DNS_UNREACHABLE);
        // Then
        assertThat(problem.detail()).contains("accepted the write, but shows the old zone");
        assertThat(Duration.between(start, world.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void waitsForALateWriteFromTheMomentItWasSent() throws InterruptedException {
        // Given
        world.provider.whileWaiting(() -> world.pass(Duration.ofSeconds(61)));
        world.provider.nextWrite(wanted -> {
            for (int i = 0; i < 5; i++) {
                world.provider.beforeRead(() -> {});
            }
            world.provider.beforeRead(() -> world.provider.accept(wanted));
            return new Written.Unknown("timed out");
        });
        // When, Then
        done(run(NEW));
        assertThat(undo()).hasValueSatisfying(this::isAsItStands);
        assertThat(world.provider.zone().sameAs(ZONE)).isTrue();
    }

    @Test
    void waitsForALateWriteOfAnotherMigration() throws InterruptedException {
        // Given
        world.provider.nextWrite(wanted -> {
            world.provider.beforeRead(() -> {});
            world.provider.beforeRead(() -> {});
            world.provider.beforeRead(() -> {});
            world.provider.beforeRead(() -> world.provider.accept(wanted));
            return new Written.Unknown("timed out");
        });
        world.meanwhile(() -> {
            throw new Crashes.Crash("the command was withdrawn");
        });
        assertThatThrownBy(() -> run(NEW)).isInstanceOf(Crashes.Crash.class);
        // When
        done(world.zone
                .switchRecord()
                .execute(DomainName.of("www.example.org"), World.OLD_NAME, NEW_NAME, world.otherWork));
        // Then
        assertThat(world.record().value()).isEqualTo("192.0.2.2");
        assertThat(world.provider.zone().at("www"))
                .containsExactly(ZoneRecord.of("www", "CNAME", "lb-1.eu.elb.example.net", 1799));
    }

    @Test
    void sendsNothingWhenItsLeaseWasLostWhileItWaitedForACall() {
        // Given
        world.provider.whileWaiting(world.work::loseLease);
        // When, Then
        assertThatThrownBy(() -> run(NEW)).isInstanceOf(Crashes.Crash.class);
        assertThat(world.provider.replacements()).isZero();
    }

    @Test
    void sendsNothingOverAnEditThatWasMadeWhileItWaitedForACall() throws InterruptedException {
        // Given
        world.provider.whileWaiting(() -> world.provider.edit(
                zone -> zone.replacing(zone.at("www").getFirst(), ZoneRecord.of("www", "A", "192.0.2.5", 60))));
        // When
        refused(run(NEW), ErrorCode.ZONE_CHANGED);
        // Then
        assertThat(world.provider.replacements()).isZero();
    }

    @Test
    void saysThatAWriteWithoutAnswerHadNoEffectOnlyWhenItHasSettled() throws InterruptedException {
        // Given
        var start = world.now();
        world.provider.nextWrite(_ -> new Written.Unknown("timed out"));
        // When
        var problem = refused(run(NEW), ErrorCode.DNS_UNREACHABLE);
        // Then
        assertThat(problem.detail()).contains("timed out");
        assertThat(Duration.between(start, world.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
        assertThat(world.provider.replacements()).isOne();
        done(run(NEW));
        assertThat(world.record().value()).isEqualTo("192.0.2.2");
    }

    @Test
    void leavesNoOpenWriteWhenTheProviderRefusedIt() throws InterruptedException {
        // Given
        world.provider.nextWrite(_ -> {
            throw new DnsAccessException(ErrorCode.DNS_RATE_LIMITED, "too many calls");
        });
        assertThatThrownBy(() -> run(NEW)).isInstanceOf(DnsAccessException.class);
        var start = world.now();
        // When
        assertThat(undo()).hasValueSatisfying(this::isAsItStands);
        // Then
        assertThat(world.now()).isEqualTo(start);
        assertThat(world.provider.zone().sameAs(ZONE)).isTrue();
        assertThat(world.isForgotten()).isTrue();
    }

    @Test
    void refusesAnAddressThatIsNone() throws InterruptedException {
        // Given
        List<IngressAddress> addresses = List.of(
                new IngressAddress(IngressAddress.Kind.IPV4, "lb.example.net"),
                new IngressAddress(IngressAddress.Kind.IPV4, "2001:db8::1"),
                new IngressAddress(IngressAddress.Kind.IPV6, "192.0.2.2"),
                new IngressAddress(IngressAddress.Kind.HOSTNAME, "not a name"));
        for (IngressAddress address : addresses) {
            // When, Then
            refused(run(address), ErrorCode.SPEC_INVALID);
        }
        assertThat(world.provider.replacements()).isZero();
        assertThat(world.isForgotten()).isTrue();
    }

    @Test
    void refusesAnAliasBesideOtherRecordsAndAtTheApex() throws InterruptedException {
        // Given
        World beside = new World(zoneWith(RECORD, ZoneRecord.of("hub", "TXT", "owner=ops", 300)));
        World apex = new World(zoneWith(ZoneRecord.of("@", "A", "192.0.2.1", 300)));
        // When, Then
        var problem = refused(
                beside.zone.switchRecord().execute(HUB, OLD, NEW_NAME, beside.work), ErrorCode.RECORD_NOT_AS_EXPECTED);
        assertThat(problem.detail()).contains("owner=ops");
        refused(
                apex.zone.switchRecord().execute(World.DOMAIN, OLD, NEW_NAME, apex.work),
                ErrorCode.RECORD_NOT_AS_EXPECTED);
        assertThat(beside.work.isEmpty()).isTrue();
    }

    @Test
    void restoresTheTimeToLiveThatTheRecordHadWhenItWasTurned() throws InterruptedException {
        // Given
        done(world.zone.lowerTtl().execute(HUB, OLD, World.LOW, world.work));
        done(run(NEW));
        // When, Then
        assertThat(undo()).hasValueSatisfying(this::isAsItStands);
        assertThat(world.record()).isEqualTo(RECORD.withTtl(300));
        assertThat(done(world.zone.restoreTtl().execute(HUB, world.work))).hasValueSatisfying(this::isAsItStands);
        assertThat(world.provider.zone().sameAs(ZONE)).isTrue();
        assertThat(world.isForgotten()).isTrue();
    }

    @Test
    void keepsOtherPeoplesEditsWhenTakenBack() throws InterruptedException {
        // Given
        done(run(NEW));
        world.provider.edit(
                zone -> zone.replacing(zone.at("www").getFirst(), ZoneRecord.of("www", "A", "192.0.2.5", 60)));
        // When
        undo();
        // Then
        assertThat(world.record()).isEqualTo(RECORD);
        assertThat(world.provider.zone().at("www")).containsExactly(ZoneRecord.of("www", "A", "192.0.2.5", 60));
    }

    @Test
    void refusesToTakeBackARecordThatSomebodyTurnedElsewhere() throws InterruptedException {
        // Given
        done(run(NEW));
        world.provider.edit(zone -> zone.replacing(world.record(), ZoneRecord.of("hub", "A", "192.0.2.66", 60)));
        // When
        var problem = refused(world.zone.switchRecord().undo(HUB, world.work), ErrorCode.RECORD_NOT_AS_EXPECTED);
        // Then
        assertThat(problem.detail()).contains("192.0.2.66", "192.0.2.1", "192.0.2.2");
        assertThat(world.record().value()).isEqualTo("192.0.2.66");
    }

    private Outcome<SwitchRecord.Switched> run(IngressAddress to) throws InterruptedException {
        return world.zone.switchRecord().execute(HUB, OLD, to, world.work);
    }

    private Optional<Zone> undo() throws InterruptedException {
        return done(world.zone.switchRecord().undo(HUB, world.work));
    }

    private void isAsItStands(Zone readBack) {
        assertThat(readBack.sameAs(world.provider.zone())).isTrue();
    }
}
