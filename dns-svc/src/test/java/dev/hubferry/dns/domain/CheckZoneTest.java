package dev.hubferry.dns.domain;

import static dev.hubferry.dns.domain.World.HUB;
import static dev.hubferry.dns.domain.World.RECORD;
import static dev.hubferry.dns.domain.World.done;
import static dev.hubferry.dns.domain.World.refused;
import static dev.hubferry.dns.domain.World.zoneWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckZoneTest {

    @Test
    void tellsTheRecordAndTheWholeZone() throws InterruptedException {
        // Given
        World world = new World();
        // When
        CheckZone.Checked checked = done(world.zone.checkZone().execute(HUB, Optional.empty()));
        // Then
        assertThat(checked.current()).isEqualTo(RECORD);
        assertThat(checked.zone().sameAs(World.ZONE)).isTrue();
        assertThat(checked.notices()).isEmpty();
        assertThat(world.provider.replacements()).isZero();
    }

    @Test
    void refusesARecordThatDoesNotLeadToTheOldHub() throws InterruptedException {
        // Given
        World world = new World();
        // When
        Problem problem =
                refused(world.zone.checkZone().execute(HUB, Optional.of(World.NEW)), ErrorCode.RECORD_NOT_AS_EXPECTED);
        // Then
        assertThat(problem.detail()).contains("hub 1799 A 192.0.2.1").contains("192.0.2.2");
        done(world.zone.checkZone().execute(HUB, Optional.of(World.OLD)));
    }

    @Test
    void refusesANameOfAnotherZone() throws InterruptedException {
        // Given
        World world = new World();
        // When, Then
        refused(
                world.zone.checkZone().execute(DomainName.of("hub.example.com"), Optional.empty()),
                ErrorCode.SPEC_INVALID);
    }

    @Test
    void namesEveryProblemAtOnce() throws InterruptedException {
        // Given
        World world = new World(new Zone(World.DOMAIN, "GMAIL", List.of()));
        // When
        List<Problem> problems = refused(world.zone.checkZone().execute(HUB, Optional.empty()));
        // Then
        assertThat(problems)
                .extracting(Problem::code)
                .containsExactly(ErrorCode.ZONE_MAIL_MANAGED, ErrorCode.RECORD_NOT_AS_EXPECTED);
    }

    @Test
    void refusesAZoneThatItsProviderDoesNotServe() throws InterruptedException {
        // Given
        World world = new World(zoneWith());
        world.provider.served(false);
        // When, Then
        refused(world.zone.checkZone().execute(HUB, Optional.empty()), ErrorCode.ZONE_NOT_MANAGED);
    }

    @Test
    void allowsManagedMailWhenTold() throws InterruptedException {
        // Given
        World world = new World(new Zone(World.DOMAIN, "ox", List.of(RECORD)));
        // When, Then
        refused(world.zone.checkZone().execute(HUB, Optional.empty()), ErrorCode.ZONE_MAIL_MANAGED);
        assertThat(done(world.managed(true).checkZone().execute(HUB, Optional.empty()))
                        .current())
                .isEqualTo(RECORD);
    }

    @Test
    void refusesANameThatOnlyAWildcardAnswersAndNamesTheWildcard() throws InterruptedException {
        // Given
        World world = new World(zoneWith(ZoneRecord.of("*", "A", "192.0.2.1", 300)));
        // When
        Problem problem =
                refused(world.zone.checkZone().execute(HUB, Optional.empty()), ErrorCode.RECORD_NOT_AS_EXPECTED);
        // Then
        assertThat(problem.detail()).contains("* 300 A 192.0.2.1");
    }

    @Test
    void refusesSeveralAddressRecordsAndNamesThem() throws InterruptedException {
        // Given
        World world = new World(zoneWith(RECORD, ZoneRecord.of("hub", "AAAA", "2001:db8::1", 300)));
        // When
        Problem problem =
                refused(world.zone.checkZone().execute(HUB, Optional.empty()), ErrorCode.RECORD_NOT_AS_EXPECTED);
        // Then
        assertThat(problem.detail()).contains("2 address records", "192.0.2.1", "2001:db8:0:0:0:0:0:1");
    }

    @Test
    void refusesARedirectAndADynamicRecord() throws InterruptedException {
        // Given
        World redirect = new World(zoneWith(ZoneRecord.of("hub", "URL301", "https://example.net", 300)));
        World dynamic = new World();
        dynamic.provider.dynamicHosts(Set.of("hub"));
        // When, Then
        refused(redirect.zone.checkZone().execute(HUB, Optional.empty()), ErrorCode.RECORD_NOT_AS_EXPECTED);
        refused(dynamic.zone.checkZone().execute(HUB, Optional.empty()), ErrorCode.RECORD_NOT_AS_EXPECTED);
    }

    @Test
    void notesWildcardsAndNeighboursThatDoNotMove() throws InterruptedException {
        // Given
        World world = new World(zoneWith(
                RECORD,
                ZoneRecord.of("*", "A", "192.0.2.9", 300),
                ZoneRecord.of("*.hub", "A", "192.0.2.1", 300),
                ZoneRecord.of("grafana", "A", "192.0.2.1", 300)));
        world.provider.dynamicHosts(Set.of("home"));
        // When
        List<Notice> notices =
                done(world.zone.checkZone().execute(HUB, Optional.empty())).notices();
        // Then
        assertThat(notices)
                .extracting(Notice::text)
                .hasSize(4)
                .satisfiesExactly(
                        text -> assertThat(text).contains("* 300 A 192.0.2.9"),
                        text -> assertThat(text).contains("*.hub 300 A 192.0.2.1"),
                        text -> assertThat(text)
                                .contains("grafana 300 A 192.0.2.1")
                                .doesNotContain("*.hub"),
                        text -> assertThat(text).contains("home"));
    }

    @Test
    void namesEachServerThatDoesNotServeTheRecord() throws InterruptedException {
        // Given
        World world = new World();
        world.nameServers.serves(FakeNameServers.FIRST, () -> zoneWith(ZoneRecord.of("hub", "A", "192.0.2.77", 60)));
        world.nameServers.answers(FakeNameServers.SECOND, new NameServers.Answer.Silent("timed out"));
        // When
        List<Problem> problems = refused(world.zone.checkZone().execute(HUB, Optional.empty()));
        // Then
        assertThat(problems).extracting(Problem::code).containsOnly(ErrorCode.NOT_PROPAGATED);
        assertThat(problems.getFirst().where()).contains("dns1/127.0.0.4:53");
        assertThat(problems.getFirst().detail()).contains("60 A 192.0.2.77");
        assertThat(problems.getLast().detail()).contains("timed out");
    }
}
