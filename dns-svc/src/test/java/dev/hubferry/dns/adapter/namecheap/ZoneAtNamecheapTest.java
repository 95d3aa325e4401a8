package dev.hubferry.dns.adapter.namecheap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.Problem;
import dev.hubferry.dns.adapter.dnsjava.DnsjavaNameServers;
import dev.hubferry.dns.adapter.dnsjava.NameServerSource;
import dev.hubferry.dns.domain.CallBudget;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.FakeZoneTurns;
import dev.hubferry.dns.domain.ManagedZone;
import dev.hubferry.dns.domain.MemoryWork;
import dev.hubferry.dns.domain.Outcome;
import dev.hubferry.dns.domain.SwitchRecord;
import dev.hubferry.dns.domain.ZoneRules;
import dev.hubferry.fakes.namecheap.ApiCommand;
import dev.hubferry.fakes.namecheap.FakeNameServer;
import dev.hubferry.fakes.namecheap.FakeNamecheap;
import dev.hubferry.fakes.namecheap.FakeNamecheapConfig;
import dev.hubferry.fakes.namecheap.FakeRecord;
import dev.hubferry.fakes.namecheap.FakeSrv;
import dev.hubferry.fakes.namecheap.FakeZone;
import dev.hubferry.fakes.namecheap.Fault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The use cases with the real adapters on a Namecheap that misbehaves. */
class ZoneAtNamecheapTest {

    private static final DomainName HUB = DomainName.of("hub.example.org");
    private static final IngressAddress OLD = new IngressAddress(IngressAddress.Kind.IPV4, "192.0.2.1");
    private static final IngressAddress NEW = new IngressAddress(IngressAddress.Kind.HOSTNAME, "lb.example.net");
    private static final Duration LOW = Duration.ofSeconds(60);
    private static final List<FakeRecord> RECORDS = List.of(
            FakeRecord.a("hub", "192.0.2.1", 1799),
            FakeRecord.mx("@", "mail.example.net.", 5, 1799),
            FakeRecord.txt("@", "v=spf1 -all", 1799));
    private static final FakeZone SEED = FakeZone.of("example", "org")
            .withEmailType("MX")
            .withRecords(RECORDS)
            .with(new FakeSrv("_sip._tls", 1, 1, 443, "sip.example.net", 1799));

    @TempDir
    Path directory = Path.of(".");

    private final FakeNamecheap namecheap = FakeNamecheap.start(FakeNamecheapConfig.defaults()
            .withLimits(FakeNamecheapConfig.Limits.NONE)
            .withLag(Duration.ofMillis(150)));
    private final MemoryWork work = new MemoryWork();
    private final FakeZoneTurns turns = new FakeZoneTurns();

    @BeforeEach
    void seed() {
        namecheap.seed(SEED);
    }

    @AfterEach
    void close() {
        namecheap.close();
    }

    @Test
    void movesTheNameAndTakesItBack() throws InterruptedException {
        // Given
        ManagedZone zone = zone();
        // When
        done(zone.checkZone().execute(HUB, Optional.empty()));
        done(zone.lowerTtl().execute(HUB, OLD, LOW, work));
        SwitchRecord.Switched switched = done(zone.switchRecord().execute(HUB, OLD, NEW, work));
        done(zone.awaitPropagation().execute(HUB, NEW, Duration.ofMillis(50), work));
        // Then
        assertThat(switched.before().records()).hasSize(3);
        assertThat(namecheap.zone("example.org").records())
                .containsExactlyInAnyOrder(
                        FakeRecord.cname("hub", "lb.example.net.", 60), RECORDS.get(1), RECORDS.get(2));
        // When
        done(zone.switchRecord().undo(HUB, work));
        done(zone.restoreTtl().execute(HUB, work));
        // Then
        assertIsAsBefore();
        assertThat(namecheap.calls(ApiCommand.SET_HOSTS)).isEqualTo(4);
    }

    @Test
    void neverRepeatsAWriteThatTimedOutButTookEffect() throws InterruptedException {
        // Given
        namecheap.faults().next(ApiCommand.SET_HOSTS, new Fault.TimesOut(Fault.Effect.APPLIED, Duration.ofMillis(200)));
        // When
        done(zone().switchRecord().execute(HUB, OLD, NEW, work));
        // Then
        assertThat(namecheap.calls(ApiCommand.SET_HOSTS)).isOne();
        assertThat(namecheap.zone("example.org").records())
                .hasSize(3)
                .contains(FakeRecord.cname("hub", "lb.example.net.", 1799));
    }

    @Test
    void waitsForAWriteThatTimedOutAndTakesEffectLate() throws InterruptedException {
        // Given
        namecheap
                .faults()
                .next(ApiCommand.SET_HOSTS, new Fault.TimesOut(Fault.Effect.APPLIED_LATE, Duration.ofSeconds(9)));
        // When
        done(zone(Duration.ofSeconds(5), Duration.ofSeconds(60)).switchRecord().execute(HUB, OLD, NEW, work));
        // Then
        assertThat(namecheap.calls(ApiCommand.SET_HOSTS)).isOne();
    }

    @Test
    void waitsForALateWriteThatHadToWaitForItsCall() throws InterruptedException {
        // Given
        namecheap
                .faults()
                .next(ApiCommand.SET_HOSTS, new Fault.TimesOut(Fault.Effect.APPLIED_LATE, Duration.ofMillis(7_500)));
        AtomicInteger calls = new AtomicInteger();
        CallBudget slow = () -> {
            if (calls.incrementAndGet() == 3) {
                Thread.sleep(Duration.ofMillis(12_500));
            }
        };
        ManagedZone zone = zone(Duration.ofSeconds(5), Duration.ofSeconds(10), slow);
        // When
        done(zone.switchRecord().execute(HUB, OLD, NEW, work));
        done(zone.switchRecord().undo(HUB, work));
        // Then
        assertIsAsBefore();
    }

    @Test
    void completesAfterAWriteThatTimedOutWithoutEffect() throws InterruptedException {
        // Given
        namecheap.faults().next(ApiCommand.SET_HOSTS, new Fault.TimesOut(Fault.Effect.NONE, Duration.ofMillis(200)));
        // When
        List<Problem> problems = refused(zone().switchRecord().execute(HUB, OLD, NEW, work));
        // Then
        assertThat(problems).extracting(Problem::code).containsExactly(ErrorCode.DNS_UNREACHABLE);
        done(zone().switchRecord().execute(HUB, OLD, NEW, work));
        done(zone().switchRecord().undo(HUB, work));
        assertIsAsBefore();
    }

    @Test
    void namesWhatAWriteLost() throws InterruptedException {
        // Given
        namecheap
                .faults()
                .next(
                        ApiCommand.SET_HOSTS,
                        new Fault.StoresSomethingElse(records -> records.stream()
                                .filter(record -> !record.type().equals("TXT"))
                                .toList()));
        // When
        List<Problem> problems = refused(zone().switchRecord().execute(HUB, OLD, NEW, work));
        // Then
        assertThat(problems.getFirst().code()).isEqualTo(ErrorCode.ZONE_WRITE_WRONG);
        assertThat(problems.getFirst().detail()).contains("- @ 1799 TXT v=spf1 -all");
    }

    @Test
    void namesServiceRecordsThatAWriteLost() throws InterruptedException {
        // Given
        namecheap.faults().next(ApiCommand.SET_HOSTS, new Fault.LosesSrvRecords());
        // When
        List<Problem> problems = refused(zone().lowerTtl().execute(HUB, OLD, LOW, work));
        // Then
        assertThat(problems.getFirst().detail()).contains("_sip._tls.example.org SRV 1 1 443 sip.example.net");
    }

    @Test
    void refusesToWriteOverAnEditThatSlippedIn() throws InterruptedException {
        // Given
        namecheap.faults().beforeNext(ApiCommand.GET_HOSTS, () -> {});
        namecheap
                .faults()
                .beforeNext(
                        ApiCommand.GET_HOSTS,
                        () -> namecheap.edit("example.org", zone -> zone.with(FakeRecord.a("new", "192.0.2.9", 60))));
        // When
        List<Problem> problems = refused(zone().switchRecord().execute(HUB, OLD, NEW, work));
        // Then
        assertThat(problems).extracting(Problem::code).containsExactly(ErrorCode.ZONE_CHANGED);
        assertThat(namecheap.calls(ApiCommand.SET_HOSTS)).isZero();
    }

    @Test
    void refusesZonesWhoseMailTheProviderManages() throws InterruptedException {
        // Given
        for (String mail : List.of("OX", "GMAIL")) {
            namecheap.seed(SEED.withEmailType(mail));
            // When, Then
            assertThat(refused(zone().lowerTtl().execute(HUB, OLD, LOW, work)))
                    .extracting(Problem::code)
                    .containsExactly(ErrorCode.ZONE_MAIL_MANAGED);
        }
        assertThat(namecheap.calls(ApiCommand.SET_HOSTS)).isZero();
    }

    @Test
    void namesTheServerThatStaysBehind() throws InterruptedException {
        // Given
        done(zone().switchRecord().execute(HUB, OLD, NEW, work));
        namecheap.nameServers().get(1).lag(Duration.ofHours(1));
        // When
        List<Problem> problems = refused(zone().awaitPropagation().execute(HUB, NEW, Duration.ZERO, work));
        // Then
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().where()).contains("127.0.0.5");
        assertThat(problems.getFirst().detail()).contains("1799 A 192.0.2.1");
    }

    private void assertIsAsBefore() {
        FakeZone zone = namecheap.zone("example.org");
        assertThat(zone.emailType()).isEqualTo("MX");
        assertThat(zone.records()).containsExactlyInAnyOrderElementsOf(RECORDS);
        assertThat(zone.srvRecords()).isEqualTo(SEED.srvRecords());
    }

    private ManagedZone zone() {
        return zone(Duration.ofSeconds(20), Duration.ofSeconds(2));
    }

    private ManagedZone zone(Duration timeout, Duration writeSettles) {
        return zone(timeout, writeSettles, () -> {});
    }

    private ManagedZone zone(Duration timeout, Duration writeSettles, CallBudget budget) {
        NamecheapApi api = NamecheapFixture.api(namecheap, directory, timeout, budget);
        DnsjavaNameServers nameServers = new DnsjavaNameServers(
                new NameServerSource.Listed(namecheap.nameServers().stream()
                        .map(FakeNameServer::address)
                        .toList()),
                Duration.ofSeconds(10));
        return new ManagedZone(
                DomainName.of("example.org"),
                new NamecheapDnsProvider(api),
                turns,
                new ManagedZone.Servers(nameServers, Duration.ofMillis(50), Duration.ofSeconds(3), Set.of("_sip._tls")),
                new ZoneRules(Duration.ofSeconds(60), Duration.ofSeconds(60_000), false, writeSettles),
                Clock.systemUTC(),
                Thread::sleep);
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(List<Problem> problems) -> throw new AssertionError("refused: " + problems);
        };
    }

    private static List<Problem> refused(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?>(Object value) -> throw new AssertionError("done: " + value);
            case Outcome.Refused<?>(List<Problem> problems) -> problems;
        };
    }
}
