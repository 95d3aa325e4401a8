package dev.hubferry.dns.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.DnsCommand.AwaitPropagation;
import dev.hubferry.contracts.DnsCommand.CheckZone;
import dev.hubferry.contracts.DnsCommand.LowerTtl;
import dev.hubferry.contracts.DnsCommand.RestoreTtl;
import dev.hubferry.contracts.DnsCommand.SwitchBack;
import dev.hubferry.contracts.DnsCommand.SwitchRecord;
import dev.hubferry.contracts.DnsRecord;
import dev.hubferry.contracts.DnsReply.Propagated;
import dev.hubferry.contracts.DnsReply.RecordSwitched;
import dev.hubferry.contracts.DnsReply.RecordSwitchedBack;
import dev.hubferry.contracts.DnsReply.TtlLowered;
import dev.hubferry.contracts.DnsReply.TtlRestored;
import dev.hubferry.contracts.DnsReply.ZoneChecked;
import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.MigrationId;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Rejected;
import dev.hubferry.testbed.KafkaResource;
import dev.hubferry.testbed.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service: commands over a real broker, a journal in a real Postgres, zones at a fake Namecheap. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(NamecheapResource.class)
class DnsServiceTest {

    private static final IngressAddress OLD = new IngressAddress(IngressAddress.Kind.IPV4, "192.0.2.1");
    private static final IngressAddress NEW = new IngressAddress(IngressAddress.Kind.HOSTNAME, "lb.example.net");
    private static final IngressAddress ELSEWHERE = new IngressAddress(IngressAddress.Kind.IPV4, "192.0.2.99");
    private static final DnsRecord MAIL = new DnsRecord("@", "MX", "mail.example.net", 1799, OptionalInt.of(5));

    private Wire wire;
    private final MigrationId migration =
            new MigrationId("m-" + UUID.randomUUID().toString().substring(0, 13));

    @BeforeEach
    void connect() {
        wire = new Wire(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    }

    @AfterEach
    void disconnect() {
        wire.close();
    }

    @Test
    void movesANameForGood() {
        // Given
        String name = "forth.example.org";
        // When, Then
        ZoneChecked checked = (ZoneChecked) wire.ask(migration, "check-zone", new CheckZone("example", name));
        assertThat(checked.current()).isEqualTo(record("forth", "A", "192.0.2.1", 1799));
        assertThat(checked.zone()).contains(checked.current(), MAIL);

        TtlLowered lowered = (TtlLowered)
                wire.ask(migration, "lower-ttl", new LowerTtl("example", name, OLD, Duration.ofSeconds(60)));
        assertThat(lowered.oldTtl()).isEqualTo(Duration.ofSeconds(1799));
        assertThat(lowered.newTtl()).isEqualTo(Duration.ofSeconds(60));

        RecordSwitched switched =
                (RecordSwitched) wire.ask(migration, "switch-record", new SwitchRecord("example", name, OLD, NEW));
        assertThat(switched.before()).contains(record("forth", "A", "192.0.2.1", 60), MAIL);
        assertThat(switched.after()).contains(record("forth", "CNAME", "lb.example.net", 60), MAIL);

        Propagated propagated = (Propagated) wire.ask(
                migration, "await-propagation", new AwaitPropagation("example", name, NEW, Duration.ofMillis(100)));
        assertThat(propagated.servers()).hasSize(2).anyMatch(server -> server.contains("127.0.0.5"));

        TtlRestored restored = (TtlRestored) wire.ask(migration, "restore-ttl", new RestoreTtl("example", name));
        ZoneChecked after = (ZoneChecked) wire.ask(migration, "check-again", new CheckZone("example", name));
        assertThat(restored).isEqualTo(new TtlRestored(true, Optional.of(after.zone())));
        assertThat(after.current()).isEqualTo(record("forth", "CNAME", "lb.example.net", 1799));
    }

    @Test
    void takesEverythingBack() {
        // Given
        String name = "back.example.org";
        wire.ask(migration, "lower-ttl", new LowerTtl("example", name, OLD, Duration.ofSeconds(60)));
        wire.ask(migration, "switch-record", new SwitchRecord("example", name, OLD, NEW));
        // When, Then
        RecordSwitchedBack back =
                (RecordSwitchedBack) wire.ask(migration, "switch-back", new SwitchBack("example", name));
        assertThat(back.happened()).isTrue();
        assertThat(back.zone().orElseThrow()).contains(record("back", "A", "192.0.2.1", 60), MAIL);
        TtlRestored restored = (TtlRestored) wire.ask(migration, "restore-ttl", new RestoreTtl("example", name));
        assertThat(wire.ask(migration, "switch-back-again", new SwitchBack("example", name)))
                .isEqualTo(new RecordSwitchedBack(false, Optional.empty()));
        assertThat(wire.ask(migration, "restore-ttl-again", new RestoreTtl("example", name)))
                .isEqualTo(new TtlRestored(false, Optional.empty()));
        // The servers serve the old record again a moment later than Namecheap has it.
        assertThat(wire.ask(migration, "await-propagation", new AwaitPropagation("example", name, OLD, Duration.ZERO)))
                .isInstanceOf(Propagated.class);
        ZoneChecked after = (ZoneChecked) wire.ask(migration, "check-zone", new CheckZone("example", name));
        assertThat(after.current()).isEqualTo(record("back", "A", "192.0.2.1", 1799));
        assertThat(after.zone()).contains(MAIL);
        assertThat(restored).isEqualTo(new TtlRestored(true, Optional.of(after.zone())));
    }

    @Test
    void namesEveryReasonForARefusal() {
        // Given, When
        Rejected unknown = (Rejected) wire.ask(migration, "a", new CheckZone("nowhere", "hub.example.org"));
        Rejected noName = (Rejected) wire.ask(migration, "b", new CheckZone("example", "hub..org"));
        Rejected several = (Rejected) wire.ask(migration, "c", new CheckZone("mailed", "hub.mailed.org"));
        Rejected other = (Rejected) wire.ask(migration, "d", new SwitchRecord("example", "hub.example.org", OLD, NEW));
        Rejected elsewhere = (Rejected)
                wire.ask(migration, "e", new CheckZone("example", "forth.example.org", Optional.of(ELSEWHERE)));
        // Then
        assertThat(elsewhere.code()).isEqualTo(ErrorCode.RECORD_NOT_AS_EXPECTED);
        assertThat(unknown.code()).isEqualTo(ErrorCode.CONNECTION_UNKNOWN);
        assertThat(noName.code()).isEqualTo(ErrorCode.SPEC_INVALID);
        assertThat(several.code()).isEqualTo(ErrorCode.CHECKS_FAILED);
        assertThat(several.problems())
                .extracting(Problem::code)
                .containsExactly(ErrorCode.ZONE_MAIL_MANAGED, ErrorCode.RECORD_NOT_AS_EXPECTED);
        assertThat(other.code()).isEqualTo(ErrorCode.RECORD_NOT_AS_EXPECTED);
    }

    private static DnsRecord record(String host, String type, String value, long ttl) {
        return new DnsRecord(host, type, value, ttl, OptionalInt.empty());
    }
}
