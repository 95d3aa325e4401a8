package dev.hubferry.dns.adapter.namecheap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DnsProvider.Reading;
import dev.hubferry.dns.domain.DnsProvider.Written;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.Zone;
import dev.hubferry.dns.domain.ZoneRecord;
import dev.hubferry.fakes.namecheap.ApiCommand;
import dev.hubferry.fakes.namecheap.FakeNamecheap;
import dev.hubferry.fakes.namecheap.FakeNamecheapConfig;
import dev.hubferry.fakes.namecheap.FakeRecord;
import dev.hubferry.fakes.namecheap.FakeZone;
import dev.hubferry.fakes.namecheap.Fault;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class NamecheapDnsProviderTest {

    private static final DomainName DOMAIN = DomainName.of("example.org");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final FakeZone SEED = FakeZone.of("example", "org")
            .withEmailType("MX")
            .with(FakeRecord.a("Hub", "192.0.2.1", 1799))
            .with(FakeRecord.cname("www", "LB.example.net.", 0))
            .with(FakeRecord.mx("@", "mail.example.net.", 5, 300))
            .with(FakeRecord.txt("@", "v=spf1 <all> & \"x\"; ü=1", 300));
    private static final Zone SPELLED = new Zone(
            DOMAIN,
            "MX",
            List.of(
                    ZoneRecord.of("hub", "A", "192.0.2.1", 1799),
                    ZoneRecord.of("www", "CNAME", "lb.example.net", 1799),
                    new ZoneRecord("@", "MX", "mail.example.net", 300, 5),
                    ZoneRecord.of("@", "TXT", "v=spf1 <all> & \"x\"; ü=1", 300)));

    @TempDir
    Path directory = Path.of(".");

    private final FakeNamecheap namecheap =
            FakeNamecheap.start(FakeNamecheapConfig.defaults().withLimits(FakeNamecheapConfig.Limits.NONE));

    @AfterEach
    void close() {
        namecheap.close();
    }

    @Test
    void readsAZoneInOneSpelling() throws InterruptedException {
        // Given
        namecheap.seed(SEED);
        // When
        Reading reading = provider().read(DOMAIN);
        // Then
        assertThat(reading.zone()).isEqualTo(SPELLED);
        assertThat(reading.served()).isTrue();
        assertThat(reading.dynamicHosts()).isEmpty();
    }

    @Test
    void writesAllRecordsSoThatTheyReadTheSame() throws InterruptedException {
        // Given
        namecheap.seed(SEED);
        NamecheapDnsProvider provider = provider();
        Zone wanted = SPELLED.replacing(SPELLED.records().getFirst(), ZoneRecord.of("hub", "AAAA", "2001:db8::2", 60));
        // When
        Written written = provider.replace(SPELLED, wanted, Optional::empty);
        // Then
        assertThat(written).isEqualTo(new Written.Accepted());
        assertThat(provider.read(DOMAIN).zone().sameAs(wanted)).isTrue();
        assertThat(namecheap.zone("example.org").emailType()).isEqualTo("MX");
    }

    @Test
    void writesAHundredRecords() throws InterruptedException {
        // Given
        FakeZone many = FakeZone.of("example", "org");
        for (int i = 0; i < 100; i++) {
            many = many.with(FakeRecord.txt("t" + i, "x".repeat(200), 300));
        }
        namecheap.seed(many);
        NamecheapDnsProvider provider = provider();
        Zone zone = provider.read(DOMAIN).zone();
        // When
        provider.replace(zone, zone, Optional::empty);
        // Then
        assertThat(provider.read(DOMAIN).zone().sameAs(zone)).isTrue();
    }

    @Test
    void saysWhichHostsAreDynamicAndThatAZoneIsServedElsewhere() throws InterruptedException {
        // Given
        namecheap.seed(FakeZone.of("example", "org")
                .with(FakeRecord.a("Home", "192.0.2.9", 300).asDynamic()));
        // When, Then
        assertThat(provider().read(DOMAIN).dynamicHosts()).containsExactly("home");
        namecheap.edit("example.org", zone -> zone.withStanding(FakeZone.Standing.SERVED_ELSEWHERE));
        assertThat(provider().read(DOMAIN).served()).isFalse();
    }

    @Test
    void findsADomainOnALaterPageOfTheAccount() throws InterruptedException {
        // Given
        for (int i = 0; i < 250; i++) {
            namecheap.seed(FakeZone.of("example" + i, "co.uk"));
        }
        NamecheapDnsProvider provider = provider();
        // When
        provider.read(DomainName.of("example249.co.uk"));
        provider.read(DomainName.of("example249.co.uk"));
        // Then
        assertThat(namecheap.calls(ApiCommand.GET_LIST)).isEqualTo(3);
        assertThat(namecheap.calls(ApiCommand.GET_HOSTS)).isEqualTo(2);
    }

    @Test
    void refusesAZoneThatIsPartOfARegisteredDomain() {
        // Given
        namecheap.seed(SEED);
        namecheap.seed(FakeZone.of("example", "co.uk"));
        // When, Then
        assertFails(() -> provider().read(DomainName.of("hubs.example.org")), ErrorCode.SPEC_INVALID, "example.org");
        assertFails(
                () -> provider().read(DomainName.of("hubs.example.co.uk")), ErrorCode.SPEC_INVALID, "example.co.uk");
        assertFails(
                () -> provider().read(DomainName.of("hubs.unknown.co.uk")), ErrorCode.SPEC_INVALID, "unknown.co.uk");
    }

    @Test
    void splitsAnUnlistedDomainWhereItsRegistryDoes() {
        // Given, When, Then
        assertFails(() -> provider().read(DomainName.of("unknown.co.uk")), ErrorCode.ZONE_NOT_MANAGED, "2019166");
        assertFails(() -> provider().read(DomainName.of("co.uk")), ErrorCode.ZONE_NOT_MANAGED, "co.uk");
    }

    @Test
    void givesEveryErrorItsCode() {
        // Given
        namecheap.seed(SEED);
        // When, Then
        assertError(2019166, ErrorCode.ZONE_NOT_MANAGED);
        assertError(2016166, ErrorCode.ZONE_NOT_MANAGED);
        assertError(2030288, ErrorCode.ZONE_NOT_MANAGED);
        assertError(2030166, ErrorCode.DNS_AUTH_FAILED);
        assertError(1011102, ErrorCode.DNS_AUTH_FAILED);
        assertError(1011150, ErrorCode.DNS_AUTH_FAILED);
        assertError(3050900, ErrorCode.DNS_UNREACHABLE);
        assertError(5050900, ErrorCode.DNS_UNREACHABLE);
        assertError(3031510, ErrorCode.DNS_UNREACHABLE);
    }

    private void assertError(int number, ErrorCode code) {
        namecheap.faults().next(ApiCommand.GET_HOSTS, new Fault.ApiError(number, "sorry"));
        assertFails(() -> provider().read(DOMAIN), code, "error " + number + ": sorry");
    }

    @Test
    void takesMethodNotAllowedForARateLimit() {
        // Given
        namecheap.seed(SEED);
        namecheap
                .faults()
                .next(ApiCommand.GET_HOSTS, new Fault.HttpAnswer(405, "<html/>"))
                .next(ApiCommand.SET_HOSTS, new Fault.HttpAnswer(405, "<html/>"));
        // When, Then
        assertFails(() -> provider().read(DOMAIN), ErrorCode.DNS_RATE_LIMITED, "405");
        assertFails(() -> provider().replace(SPELLED, SPELLED, Optional::empty), ErrorCode.DNS_RATE_LIMITED, "405");
    }

    @Test
    void callsAWriteInDoubtWheneverItMayHaveTakenEffect() throws InterruptedException {
        // Given
        namecheap.seed(SEED);
        List<Fault> faults = List.of(
                new Fault.TimesOut(Fault.Effect.APPLIED, Duration.ofMillis(100)),
                new Fault.LosesAnswer(),
                new Fault.HttpAnswer(502, "bad gateway"),
                new Fault.HttpAnswer(200, "<html><br></html>"),
                new Fault.HttpAnswer(
                        200, "<ApiResponse Status='OK'><DomainDNSSetHostsResult IsSuccess='false'/></ApiResponse>"),
                new Fault.ApiError(3050900, "Unknown error from Enom"),
                new Fault.ApiError(5050900, "Unhandled exceptions"));
        for (Fault fault : faults) {
            namecheap.faults().next(ApiCommand.SET_HOSTS, fault);
            // When
            Written written = provider().replace(SPELLED, SPELLED, Optional::empty);
            // Then
            assertThat(written).as("%s", fault).isInstanceOf(Written.Unknown.class);
        }
        assertThat(namecheap.calls(ApiCommand.SET_HOSTS)).isEqualTo(faults.size());
    }

    @Test
    void waitsForAnAnswerNoLongerThanTheTimeout() throws InterruptedException {
        // Given
        namecheap.seed(SEED);
        provider().read(DOMAIN);
        NamecheapDnsProvider impatient = provider(Duration.ofSeconds(5));
        impatient.read(DOMAIN);
        namecheap.faults().next(ApiCommand.SET_HOSTS, new Fault.TimesOut(Fault.Effect.NONE, Duration.ofMinutes(5)));
        // When
        Written written = impatient.replace(SPELLED, SPELLED, Optional::empty);
        // Then
        assertThat(written)
                .isInstanceOfSatisfying(
                        Written.Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .startsWith("no answer from " + namecheap.apiUrl())
                                .endsWith("TimeoutException)"));
    }

    @Test
    @Timeout(300)
    void waitsForTheRestOfAnAnswerNoLongerThanTheTimeout() throws InterruptedException {
        // Given
        namecheap.seed(SEED);
        provider().read(DOMAIN);
        NamecheapDnsProvider impatient = provider(Duration.ofSeconds(5));
        impatient.read(DOMAIN);
        namecheap.faults().next(ApiCommand.SET_HOSTS, new Fault.StallsInAnswer(Duration.ofMinutes(5)));
        namecheap.faults().next(ApiCommand.GET_HOSTS, new Fault.StallsInAnswer(Duration.ofMinutes(5)));
        // When
        Written written = impatient.replace(SPELLED, SPELLED, Optional::empty);
        // Then
        assertThat(written)
                .isInstanceOfSatisfying(
                        Written.Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .startsWith("no answer from " + namecheap.apiUrl())
                                .endsWith("TimeoutException)"));
        assertFails(() -> impatient.read(DOMAIN), ErrorCode.DNS_UNREACHABLE, "no answer");
    }

    @Test
    void failsAWriteThatCertainlyHadNoEffect() {
        // Given
        namecheap.seed(SEED.withStanding(FakeZone.Standing.READ_ONLY));
        // When, Then
        assertFails(() -> provider().replace(SPELLED, SPELLED, Optional::empty), ErrorCode.DNS_AUTH_FAILED, "2030166");
        NamecheapDnsProvider gone = provider();
        namecheap.close();
        assertFails(() -> gone.read(DOMAIN), ErrorCode.DNS_UNREACHABLE, "cannot connect");
    }

    @Test
    void takesNoAnswerThatLacksWhatAWriteNeeds() {
        // Given
        namecheap.seed(SEED);
        for (String result : List.of(
                "<DomainDNSGetHostsResult IsUsingOurDNS='true'/>",
                "<DomainDNSGetHostsResult EmailType='MX'/>",
                "<Other/>",
                "<DomainDNSGetHostsResult EmailType='MX' IsUsingOurDNS='true'><host Name='a' Type='A'/></DomainDNSGetHostsResult>",
                "<DomainDNSGetHostsResult EmailType='MX' IsUsingOurDNS='true'><host Name='a' Type='A' Address='192.0.2.1' TTL='soon'/></DomainDNSGetHostsResult>")) {
            namecheap
                    .faults()
                    .next(
                            ApiCommand.GET_HOSTS,
                            new Fault.HttpAnswer(200, "<ApiResponse Status='OK'>" + result + "</ApiResponse>"));
            // When, Then
            assertFails(() -> provider().read(DOMAIN), ErrorCode.DNS_UNREACHABLE, "cannot be used");
        }
    }

    @Test
    void readsTheKeyAnewForEveryCallAndNeverShowsIt() throws Exception {
        // Given
        namecheap.seed(SEED);
        Path file = NamecheapFixture.keyFile(directory, "secret-but-wrong");
        NamecheapDnsProvider provider = new NamecheapDnsProvider(
                NamecheapFixture.api(NamecheapFixture.account(namecheap.apiUrl(), file, "127.0.0.1"), TIMEOUT));
        assertFails(() -> provider.read(DOMAIN), ErrorCode.DNS_AUTH_FAILED, "1011102");
        // When
        NamecheapFixture.keyFile(directory, NamecheapFixture.KEY);
        provider.read(DOMAIN);
        // Then
        namecheap.faults().next(ApiCommand.GET_HOSTS, new Fault.ApiError(1011102, "bad key " + NamecheapFixture.KEY));
        assertFails(() -> provider.read(DOMAIN), ErrorCode.DNS_AUTH_FAILED, "bad key ***");
        Files.writeString(file, " \n");
        assertFails(() -> provider.read(DOMAIN), ErrorCode.DNS_AUTH_FAILED, "is empty");
        Files.delete(file);
        assertFails(() -> provider.read(DOMAIN), ErrorCode.DNS_AUTH_FAILED, "namecheap.key");
    }

    @Test
    void refusesToSendTheKeyInTheClear() {
        // Given, When, Then
        Path file = Path.of("key");
        assertThatThrownBy(() ->
                        NamecheapFixture.account(URI.create("http://api.example.net/xml.response"), file, "192.0.2.1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
        assertThat(NamecheapFixture.account(URI.create("https://api.example.net/xml.response"), file, "192.0.2.1")
                        .clientIp())
                .isEqualTo("192.0.2.1");
    }

    private NamecheapDnsProvider provider() {
        return provider(TIMEOUT);
    }

    private NamecheapDnsProvider provider(Duration timeout) {
        return new NamecheapDnsProvider(NamecheapFixture.api(namecheap, directory, timeout));
    }

    private static void assertFails(ThrowingCallable call, ErrorCode code, String detail) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DnsAccessException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(detail)
                .hasMessageNotContaining(NamecheapFixture.KEY);
    }
}
