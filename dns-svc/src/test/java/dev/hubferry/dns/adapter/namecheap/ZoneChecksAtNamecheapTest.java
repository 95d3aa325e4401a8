package dev.hubferry.dns.adapter.namecheap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.dns.domain.CallBudget;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.NoSpareCallException;
import dev.hubferry.dns.domain.ZoneChecks;
import dev.hubferry.fakes.namecheap.ApiCommand;
import dev.hubferry.fakes.namecheap.FakeNamecheap;
import dev.hubferry.fakes.namecheap.FakeNamecheapConfig;
import dev.hubferry.fakes.namecheap.FakeRecord;
import dev.hubferry.fakes.namecheap.FakeZone;
import dev.hubferry.fakes.namecheap.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a zone answers, with the real adapter at a Namecheap that is up, down, or has had enough. */
class ZoneChecksAtNamecheapTest {

    private static final FakeZone ZONE = FakeZone.of("example", "org").with(FakeRecord.a("hub", "192.0.2.1", 1799));

    @TempDir
    Path directory = Path.of(".");

    private final FakeNamecheap namecheap = FakeNamecheap.start(FakeNamecheapConfig.defaults());

    @BeforeEach
    void seed() {
        namecheap.seed(ZONE);
    }

    @AfterEach
    void close() {
        namecheap.close();
    }

    private ZoneChecks checks(CallBudget budget) {
        NamecheapApi api = NamecheapFixture.api(namecheap, directory, Duration.ofSeconds(30), budget);
        return new ZoneChecks(Map.of(
                "example",
                new ZoneChecks.Kept(DomainName.of("example.org"), "Namecheap", new NamecheapDnsProvider(api))));
    }

    @Test
    void findsThatTheZoneCanBeReadWithOneCallAfterTheFirst() throws InterruptedException {
        // Given
        ZoneChecks checks = checks(() -> {});
        assertThat(checks.names()).containsExactly("example");
        // When, Then
        for (int time = 0; time < 3; time++) {
            assertThat(checks.check("example"))
                    .containsEntry("domain", "example.org")
                    .containsEntry("provider", "Namecheap");
        }
        assertThat(namecheap.calls(ApiCommand.GET_LIST)).isOne();
        assertThat(namecheap.calls(ApiCommand.GET_HOSTS)).isEqualTo(3);
    }

    @Test
    void saysThatTheZoneIsServedElsewhere() {
        // Given
        namecheap.seed(ZONE.withStanding(FakeZone.Standing.SERVED_ELSEWHERE));
        // When, Then
        refused(ErrorCode.ZONE_NOT_MANAGED, "example.org");
    }

    @Test
    void saysThatTheProviderTakesNoMoreCalls() {
        // Given
        namecheap.faults().next(ApiCommand.GET_HOSTS, new Fault.HttpAnswer(405, "<html>slow down</html>"));
        // When, Then
        refused(ErrorCode.DNS_RATE_LIMITED, "405");
    }

    @Test
    void saysThatTheKeyIsRefusedWithoutIt() {
        // Given
        namecheap
                .faults()
                .next(ApiCommand.GET_HOSTS, new Fault.ApiError(1011102, "API Key is invalid: " + NamecheapFixture.KEY));
        // When, Then
        refused(ErrorCode.DNS_AUTH_FAILED, "1011102");
    }

    @Test
    void saysThatNobodyListens() {
        // Given
        namecheap.close();
        // When, Then
        refused(ErrorCode.DNS_UNREACHABLE, "cannot connect");
    }

    @Test
    void makesNoCallWhenThereIsNoneToSpare() {
        // Given
        ZoneChecks checks = checks(() -> {
            throw new NoSpareCallException();
        });
        // When, Then
        assertThatThrownBy(() -> checks.check("example")).isInstanceOf(NoSpareCallException.class);
        assertThat(namecheap.calls(ApiCommand.GET_LIST)).isZero();
    }

    private void refused(ErrorCode code, String words) {
        ZoneChecks checks = checks(() -> {});
        assertThatThrownBy(() -> checks.check("example")).isInstanceOfSatisfying(DnsAccessException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.detail()).contains(words).doesNotContain(NamecheapFixture.KEY);
        });
    }
}
