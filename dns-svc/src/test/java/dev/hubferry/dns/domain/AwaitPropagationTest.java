package dev.hubferry.dns.domain;

import static dev.hubferry.dns.domain.World.HUB;
import static dev.hubferry.dns.domain.World.NEW;
import static dev.hubferry.dns.domain.World.NEW_NAME;
import static dev.hubferry.dns.domain.World.OLD;
import static dev.hubferry.dns.domain.World.ZONE;
import static dev.hubferry.dns.domain.World.done;
import static dev.hubferry.dns.domain.World.refused;
import static dev.hubferry.dns.domain.World.zoneWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwaitPropagationTest {

    private static final Duration OLD_TTL = Duration.ofSeconds(300);

    private final World world = new World();
    private final Instant start = world.now();

    @Test
    void waitsForTheLastServerAndThenTheOldTimeToLive() throws InterruptedException {
        // Given
        switchTo(NEW);
        world.nameServers.serves(
                FakeNameServers.SECOND,
                () -> world.now().isBefore(start.plusSeconds(30)) ? ZONE : world.provider.zone());
        // When
        List<NameServers.Server> servers = done(await(NEW));
        // Then
        assertThat(servers).containsExactly(FakeNameServers.FIRST, FakeNameServers.SECOND);
        assertThat(world.now()).isEqualTo(start.plusSeconds(330));
    }

    @Test
    void doesNotStartTheOldTimeToLiveAnewWhenRunAgain() throws InterruptedException {
        // Given
        switchTo(NEW);
        world.crashes.at(100);
        try {
            await(NEW);
        } catch (Crashes.Crash expected) {
            world.crashes.never();
        }
        assertThat(world.now()).isBefore(start.plusSeconds(300));
        // When
        done(await(NEW));
        // Then
        assertThat(world.now()).isEqualTo(start.plusSeconds(300));
    }

    @Test
    void namesTheServerThatStaysBehindAndWhatItAnswers() throws InterruptedException {
        // Given
        switchTo(NEW);
        world.nameServers.serves(FakeNameServers.SECOND, () -> ZONE);
        // When
        Problem problem = refused(await(NEW), ErrorCode.NOT_PROPAGATED);
        // Then
        assertThat(problem.where()).contains("dns2/127.0.0.5:53");
        assertThat(problem.detail()).contains("1799 A 192.0.2.1");
        assertThat(world.now()).isEqualTo(start.plus(Duration.ofMinutes(5)));
    }

    @Test
    void takesNoAnswerWithoutAuthority() throws InterruptedException {
        // Given
        switchTo(NEW);
        world.nameServers.answers(FakeNameServers.FIRST, new NameServers.Answer.NotAuthoritative("from a cache"));
        world.nameServers.answers(FakeNameServers.SECOND, new NameServers.Answer.Silent("timed out"));
        // When
        List<Problem> problems = refused(await(NEW));
        // Then
        assertThat(problems)
                .extracting(Problem::detail)
                .satisfiesExactly(
                        detail -> assertThat(detail).contains("from a cache"),
                        detail -> assertThat(detail).contains("timed out"));
    }

    @Test
    void takesNoAnswerWithAnotherAddressBeside() throws InterruptedException {
        // Given
        world.nameServers.serves(
                FakeNameServers.FIRST,
                () -> zoneWith(ZoneRecord.of("hub", "A", "192.0.2.2", 60), ZoneRecord.of("hub", "A", "192.0.2.1", 60)));
        world.nameServers.serves(
                FakeNameServers.SECOND,
                () -> zoneWith(
                        ZoneRecord.of("hub", "A", "192.0.2.2", 60), ZoneRecord.of("hub", "AAAA", "2001:db8::1", 60)));
        // When, Then
        assertThat(refused(await(NEW))).hasSize(2);
    }

    @Test
    void recognisesAnAlias() throws InterruptedException {
        // Given
        switchTo(NEW_NAME);
        // When, Then
        assertThat(done(await(NEW_NAME))).hasSize(2);
    }

    @Test
    void findsServiceRecordsThatTheSwitchLost() throws InterruptedException {
        // Given
        world.nameServers.services(
                Set.of(new ServiceRecord(DomainName.of("_sip._tls.example.org"), "1 1 443 sip.example.net")));
        switchTo(NEW);
        world.nameServers.services(Set.of());
        // When, Then
        Problem problem = refused(await(NEW), ErrorCode.ZONE_WRITE_WRONG);
        assertThat(problem.detail()).contains("_sip._tls");
    }

    @Test
    void refusesANameOfAnotherZone() throws InterruptedException {
        // Given, When, Then
        refused(
                world.zone.awaitPropagation().execute(DomainName.of("a.example.com"), NEW, OLD_TTL, world.work),
                ErrorCode.SPEC_INVALID);
    }

    private void switchTo(IngressAddress to) throws InterruptedException {
        done(world.zone.switchRecord().execute(HUB, OLD, to, world.work));
    }

    private Outcome<List<NameServers.Server>> await(IngressAddress expected) throws InterruptedException {
        return world.zone.awaitPropagation().execute(HUB, expected, OLD_TTL, world.work);
    }
}
