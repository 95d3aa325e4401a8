package dev.hubferry.fakes.namecheap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeNamecheapApiTest {

    private static final String GET = "namecheap.domains.dns.getHosts";
    private static final String SET = "namecheap.domains.dns.setHosts";
    private static final String LIST = "namecheap.domains.getList";

    private final FakeNamecheap namecheap =
            FakeNamecheap.start(FakeNamecheapConfig.defaults().withLimits(FakeNamecheapConfig.Limits.NONE));
    private final ApiClient client = new ApiClient(namecheap.apiUrl());

    @AfterEach
    void close() {
        namecheap.close();
    }

    @Test
    void answersTheZoneWithItsEmailTypeInTheCaseInWhichItWasTyped() throws IOException {
        // Given
        seed(FakeRecord.a("Hub", "192.0.2.1", 1799), FakeRecord.cname("www", "hub.example.org.", 300));
        // When
        String body = client.post(GET).body();
        // Then
        assertThat(body).contains("Status=\"OK\"", "EmailType=\"NONE\"", "IsUsingOurDNS=\"true\"");
        assertThat(body).contains("Name=\"Hub\" Type=\"A\" Address=\"192.0.2.1\" MXPref=\"10\" TTL=\"1799\"");
        assertThat(body).contains("Address=\"hub.example.org.\"");
    }

    @Test
    void deletesEveryRecordThatIsNotSent() throws IOException {
        // Given
        seed(FakeRecord.a("hub", "192.0.2.1", 1799), FakeRecord.txt("@", "v=spf1 -all", 1799));
        // When
        set("HostName1", "hub", "RecordType1", "A", "Address1", "192.0.2.2", "TTL1", "300");
        // Then
        assertThat(zone().records()).containsExactly(FakeRecord.a("hub", "192.0.2.2", 300));
    }

    @Test
    void losesMailUnlessTheEmailTypeIsSent() throws IOException {
        // Given
        namecheap.seed(FakeZone.of("example", "org")
                .withEmailType("MX")
                .with(FakeRecord.mx("@", "mail.example.net.", 5, 1799)));
        // When
        set("HostName1", "@", "RecordType1", "MX", "Address1", "mail.example.net", "MXPref1", "5", "TTL1", "1799");
        // Then
        assertThat(zone().records()).isEmpty();
        assertThat(zone().emailType()).isEqualTo("NONE");
        // When
        set(
                "HostName1",
                "@",
                "RecordType1",
                "MX",
                "Address1",
                "mail.example.net",
                "MXPref1",
                "5",
                "TTL1",
                "1799",
                "EmailType",
                "MX");
        // Then
        assertThat(zone().records()).containsExactly(FakeRecord.mx("@", "mail.example.net.", 5, 1799));
    }

    @Test
    void setsTheDefaultTtlWhenNoneIsSentAndRaisesOneBelowTheFloor() throws IOException {
        // Given
        seed();
        // When
        set(
                "HostName1",
                "a",
                "RecordType1",
                "A",
                "Address1",
                "192.0.2.1",
                "TTL1",
                "0",
                "HostName2",
                "b",
                "RecordType2",
                "A",
                "Address2",
                "192.0.2.2",
                "HostName3",
                "c",
                "RecordType3",
                "A",
                "Address3",
                "192.0.2.3",
                "TTL3",
                "5",
                "HostName4",
                "d",
                "RecordType4",
                "A",
                "Address4",
                "192.0.2.4",
                "TTL4",
                "99999");
        // Then
        assertThat(zone().records()).extracting(FakeRecord::ttl).containsExactlyInAnyOrder(1799, 1799, 60, 60_000);
    }

    @Test
    void keepsServiceRecordsThatTheApiDoesNotShow() throws IOException {
        // Given
        namecheap.seed(
                FakeZone.of("example", "org").with(new FakeSrv("_sip._tls", 1, 1, 443, "sip.example.net", 1799)));
        // When
        set("HostName1", "a", "RecordType1", "A", "Address1", "192.0.2.1");
        // Then
        assertThat(client.post(GET).body()).doesNotContain("_sip");
        assertThat(zone().srvRecords()).hasSize(1);
    }

    @Test
    void refusesBadAddressesAndAnAliasBesideOtherRecords() throws IOException {
        // Given
        seed(FakeRecord.a("hub", "192.0.2.1", 1799));
        // When
        String badAddress = set("HostName1", "hub", "RecordType1", "A", "Address1", "not-an-address");
        String badAlias = set(
                "HostName1",
                "hub",
                "RecordType1",
                "CNAME",
                "Address1",
                "x.example.net",
                "HostName2",
                "HUB",
                "RecordType2",
                "TXT",
                "Address2",
                "beside");
        // Then
        assertThat(badAddress).contains("Status=\"ERROR\"", "2050900");
        assertThat(badAlias).contains("Status=\"ERROR\"", "2050900");
        assertThat(zone().records()).containsExactly(FakeRecord.a("hub", "192.0.2.1", 1799));
    }

    @Test
    void namesEachReasonForNotLettingACallIn() throws IOException {
        // Given
        seed();
        // When, Then
        assertThat(client.post(GET, "ApiKey", "wrong").body()).contains("1011102");
        assertThat(client.post(GET, "ClientIp", "203.0.113.9").body()).contains("1011150");
        assertThat(client.post(GET, "SLD", "other").body()).contains("2019166");
        assertThat(client.post("namecheap.domains.transfer").body()).contains("1010104");
        assertThat(client.get().statusCode()).isEqualTo(400);
        assertThat(namecheap.calls(ApiCommand.GET_HOSTS)).isEqualTo(1);
    }

    @Test
    void namesEachStandingOfADomain() throws IOException {
        // Given
        namecheap.seed(FakeZone.of("example", "org")
                .with(FakeRecord.a("a", "192.0.2.1", 60))
                .withStanding(FakeZone.Standing.SERVED_ELSEWHERE));
        // When, Then
        assertThat(client.post(GET).body()).contains("IsUsingOurDNS=\"false\"").doesNotContain("192.0.2.1");
        assertThat(set("HostName1", "a", "RecordType1", "A", "Address1", "192.0.2.1"))
                .contains("2030288");
        namecheap.edit("example.org", zone -> zone.withStanding(FakeZone.Standing.NOT_ASSOCIATED));
        assertThat(client.post(GET).body()).contains("2016166");
        namecheap.edit("example.org", zone -> zone.withStanding(FakeZone.Standing.READ_ONLY));
        assertThat(client.post(GET).body()).contains("192.0.2.1");
        assertThat(set("HostName1", "a", "RecordType1", "A", "Address1", "192.0.2.1"))
                .contains("2030166");
    }

    @Test
    void findsADomainOnlyWhenSplitWhereTheRegistryDoes() throws IOException {
        // Given
        namecheap.seed(FakeZone.of("example", "co.uk"));
        // When, Then
        assertThat(client.post(GET, "SLD", "example", "TLD", "co.uk").body()).contains("Status=\"OK\"");
        assertThat(client.post(GET, "SLD", "example.co", "TLD", "uk").body()).contains("2019166");
    }

    @Test
    void listsDomainsInPages() throws IOException {
        // Given
        for (int i = 0; i < 45; i++) {
            namecheap.seed(FakeZone.of("example" + i, "org"));
        }
        // When
        String third = client.post(LIST, "Page", "3").body();
        String large = client.post(LIST, "PageSize", "500").body();
        // Then
        assertThat(third)
                .contains("<TotalItems>45</TotalItems>", "<CurrentPage>3</CurrentPage>", "<PageSize>20</PageSize>");
        assertThat(third.split("<Domain ", -1)).hasSize(6);
        assertThat(large).contains("<PageSize>100</PageSize>");
    }

    @Test
    void answersTooManyCallsWithMethodNotAllowedUntilTheWindowHasPassed() throws IOException {
        // Given
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        InstantSource source = now::get;
        Clock clock = source.withZone(ZoneOffset.UTC);
        try (FakeNamecheap limited = FakeNamecheap.start(FakeNamecheapConfig.defaults()
                .withLimits(new FakeNamecheapConfig.Limits(2, 100, 100))
                .withClock(clock))) {
            limited.seed(FakeZone.of("example", "org"));
            ApiClient caller = new ApiClient(limited.apiUrl());
            // When
            List<Integer> statuses = List.of(
                    caller.post(GET).statusCode(),
                    caller.post(GET).statusCode(),
                    caller.post(GET).statusCode());
            now.updateAndGet(instant -> instant.plusSeconds(61));
            // Then
            assertThat(statuses).containsExactly(200, 200, 405);
            assertThat(caller.post(GET).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void timesOutOnAWriteThatTookEffectOrNotAsTold() throws IOException {
        // Given
        seed();
        namecheap
                .faults()
                .next(ApiCommand.SET_HOSTS, new Fault.TimesOut(Fault.Effect.NONE, Duration.ofMillis(20)))
                .next(ApiCommand.SET_HOSTS, new Fault.TimesOut(Fault.Effect.APPLIED, Duration.ofMillis(20)))
                .next(ApiCommand.SET_HOSTS, new Fault.LosesAnswer());
        // When, Then
        assertThatThrownBy(() -> set("HostName1", "a", "RecordType1", "A", "Address1", "192.0.2.1"))
                .isInstanceOf(IOException.class);
        assertThat(zone().records()).isEmpty();
        assertThatThrownBy(() -> set("HostName1", "b", "RecordType1", "A", "Address1", "192.0.2.2"))
                .isInstanceOf(IOException.class);
        assertThat(zone().records()).extracting(FakeRecord::host).containsExactly("b");
        assertThatThrownBy(() -> set("HostName1", "c", "RecordType1", "A", "Address1", "192.0.2.3"))
                .isInstanceOf(IOException.class);
        assertThat(zone().records()).extracting(FakeRecord::host).containsExactly("c");
        assertThat(namecheap.calls(ApiCommand.SET_HOSTS)).isEqualTo(3);
    }

    @Test
    void letsAFaultHappenOnceAndAnEditSlipInBeforeACall() throws IOException {
        // Given
        seed(FakeRecord.a("hub", "192.0.2.1", 1799));
        namecheap
                .faults()
                .next(ApiCommand.GET_HOSTS, new Fault.ApiError(3050900, "Unknown error from Enom"))
                .beforeNext(
                        ApiCommand.GET_HOSTS,
                        () -> namecheap.edit("example.org", zone -> zone.with(FakeRecord.a("new", "192.0.2.9", 60))));
        // When, Then
        assertThat(client.post(GET).body()).contains("3050900");
        assertThat(client.post(GET).body()).contains("192.0.2.9");
    }

    private void seed(FakeRecord... records) {
        namecheap.seed(FakeZone.of("example", "org").withRecords(List.of(records)));
    }

    private FakeZone zone() {
        return namecheap.zone("example.org");
    }

    private String set(String... namesAndValues) throws IOException {
        return client.post(SET, namesAndValues).body();
    }
}
