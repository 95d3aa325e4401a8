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
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class FakeNameServerTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final FakeNamecheap namecheap =
            FakeNamecheap.start(FakeNamecheapConfig.defaults().withClock(clock));

    @AfterEach
    void close() {
        namecheap.close();
    }

    @Test
    void listensOnDistinctAddressesWithOnePort() {
        // Given, When
        List<FakeNameServer> servers = namecheap.nameServers();
        // Then
        assertThat(servers)
                .extracting(server -> server.address().getAddress().getHostAddress())
                .containsExactly("127.0.0.4", "127.0.0.5");
        assertThat(servers)
                .extracting(server -> server.address().getPort())
                .containsOnly(servers.getFirst().address().getPort());
    }

    @Test
    void answersEveryTypeWithAuthorityOverUdpAndTcp() throws IOException {
        // Given
        namecheap.seed(FakeZone.of("example", "org")
                .withEmailType("MX")
                .with(FakeRecord.a("Hub", "192.0.2.1", 300))
                .with(FakeRecord.of("six", "AAAA", "2001:db8::1", 60))
                .with(FakeRecord.mx("@", "mail.example.net.", 5, 1799))
                .with(FakeRecord.txt("@", "v=spf1 -all; x", 1799))
                .with(new FakeSrv("_sip._tls", 1, 2, 443, "sip.example.net", 1799)));
        for (boolean tcp : new boolean[] {false, true}) {
            // When, Then
            assertThat(lines(ask("hub.example.org", Type.A, tcp)))
                    .containsExactly("hub.example.org.\t300\tIN\tA\t192.0.2.1");
            assertThat(lines(ask("six.example.org", Type.AAAA, tcp)).getFirst()).endsWith("2001:db8:0:0:0:0:0:1");
            assertThat(lines(ask("example.org", Type.MX, tcp)).getFirst()).endsWith("5 mail.example.net.");
            assertThat(lines(ask("example.org", Type.TXT, tcp)).getFirst()).endsWith("\"v=spf1 -all; x\"");
            assertThat(lines(ask("_sip._tls.example.org", Type.SRV, tcp)).getFirst())
                    .endsWith("1 2 443 sip.example.net.");
            assertThat(lines(ask("example.org", Type.NS, tcp))).hasSize(2);
            assertThat(lines(ask("example.org", Type.SOA, tcp))).hasSize(1);
            Message answer = ask("hub.example.org", Type.A, tcp);
            assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
            assertThat(answer.getHeader().getFlag(Flags.RA)).isFalse();
        }
    }

    @Test
    void followsAliasesInsideTheZone() throws IOException {
        // Given
        seed(
                FakeRecord.cname("www", "hub.example.org.", 60),
                FakeRecord.a("hub", "192.0.2.1", 60),
                FakeRecord.cname("out", "lb.example.net.", 60));
        // When, Then
        assertThat(lines(ask("www.example.org", Type.A, false))).hasSize(2);
        assertThat(lines(ask("out.example.org", Type.A, false)))
                .containsExactly("out.example.org.\t60\tIN\tCNAME\tlb.example.net.");
    }

    @Test
    void tellsNoDataFromNoSuchName() throws IOException {
        // Given
        seed(FakeRecord.a("a.b", "192.0.2.1", 60));
        // When
        Message emptyNode = ask("b.example.org", Type.A, false);
        Message nothing = ask("c.example.org", Type.A, false);
        // Then
        assertThat(emptyNode.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(nothing.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(nothing.getSection(Section.AUTHORITY))
                .extracting(Record::getType)
                .containsExactly(Type.SOA);
    }

    @Test
    void answersAWildcardOnlyForNamesThatDoNotExist() throws IOException {
        // Given
        seed(
                FakeRecord.a("*.hub", "192.0.2.7", 60),
                FakeRecord.a("hub", "192.0.2.1", 60),
                FakeRecord.txt("x.hub", "t", 60));
        // When, Then
        assertThat(lines(ask("any.hub.example.org", Type.A, false)).getFirst()).endsWith("192.0.2.7");
        assertThat(lines(ask("hub.example.org", Type.A, false)).getFirst()).endsWith("192.0.2.1");
        assertThat(lines(ask("x.hub.example.org", Type.A, false))).isEmpty();
    }

    @Test
    void refusesOtherZonesAndRefersToDelegatedOnes() throws IOException {
        // Given
        seed(FakeRecord.of("sub", "NS", "ns.example.net.", 60));
        // When
        Message other = ask("hub.example.com", Type.A, false);
        Message delegated = ask("x.sub.example.org", Type.A, false);
        // Then
        assertThat(other.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(delegated.getHeader().getFlag(Flags.AA)).isFalse();
        assertThat(delegated.getSection(Section.AUTHORITY)).hasSize(1);
    }

    @Test
    void servesAChangeOnlyAfterTheServersOwnLag() throws IOException {
        // Given
        seed(FakeRecord.a("hub", "192.0.2.1", 60));
        namecheap.nameServers().get(1).lag(Duration.ofSeconds(5));
        // When
        namecheap.edit("example.org", zone -> zone.withRecords(List.of(FakeRecord.a("hub", "192.0.2.2", 60))));
        // Then
        assertThat(served()).containsExactly("192.0.2.1", "192.0.2.1");
        now.updateAndGet(instant -> instant.plusSeconds(1));
        assertThat(served()).containsExactly("192.0.2.2", "192.0.2.1");
        now.updateAndGet(instant -> instant.plusSeconds(4));
        assertThat(served()).containsExactly("192.0.2.2", "192.0.2.2");
    }

    @Test
    void truncatesALongAnswerOverUdpAndGivesItOverTcp() throws IOException {
        // Given
        seed(FakeRecord.txt("long", "x".repeat(3_000), 60));
        // When
        Message udp = query(namecheap.nameServers().getFirst(), "long.example.org", Type.TXT, false, true);
        Message tcp = ask("long.example.org", Type.TXT, true);
        // Then
        assertThat(udp.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(lines(tcp)).hasSize(1);
    }

    @Test
    void misbehavesAsTold() throws IOException {
        // Given
        seed(FakeRecord.a("hub", "192.0.2.1", 60));
        FakeNameServer server = namecheap.nameServers().getFirst();
        // When, Then
        server.behave(FakeNameServer.Behaviour.REFUSING);
        assertThat(ask("hub.example.org", Type.A, false).getRcode()).isEqualTo(Rcode.REFUSED);
        server.behave(FakeNameServer.Behaviour.LAME);
        assertThat(ask("hub.example.org", Type.A, false).getHeader().getFlag(Flags.AA))
                .isFalse();
        server.behave(FakeNameServer.Behaviour.SILENT);
        SimpleResolver impatient = new SimpleResolver(server.address());
        impatient.setTimeout(Duration.ofMillis(500));
        Message question = Message.newQuery(Record.newRecord(ZoneAnswers.name("hub.example.org"), Type.A, DClass.IN));
        assertThatThrownBy(() -> impatient.send(question)).isInstanceOf(IOException.class);
        server.behave(FakeNameServer.Behaviour.TRUNCATING);
        assertThat(query(server, "hub.example.org", Type.A, false, true)
                        .getHeader()
                        .getFlag(Flags.TC))
                .isTrue();
    }

    @Test
    void resolvesTheServersOwnNames() throws IOException {
        // Given, When, Then
        assertThat(lines(ask("dns2.registrar-servers.test", Type.A, false)).getFirst())
                .endsWith("127.0.0.5");
    }

    private void seed(FakeRecord... records) {
        namecheap.seed(FakeZone.of("example", "org").withRecords(List.of(records)));
    }

    private List<String> served() throws IOException {
        return List.of(
                address(namecheap.nameServers().get(0)),
                address(namecheap.nameServers().get(1)));
    }

    private static String address(FakeNameServer server) throws IOException {
        return query(server, "hub.example.org", Type.A, false, false)
                .getSection(Section.ANSWER)
                .getFirst()
                .rdataToString();
    }

    private Message ask(String name, int type, boolean tcp) throws IOException {
        return query(namecheap.nameServers().getFirst(), name, type, tcp, false);
    }

    private static Message query(FakeNameServer server, String name, int type, boolean tcp, boolean ignoreTruncation)
            throws IOException {
        SimpleResolver resolver = new SimpleResolver(server.address());
        resolver.setTCP(tcp);
        resolver.setIgnoreTruncation(ignoreTruncation);
        resolver.setTimeout(Duration.ofSeconds(20));
        return resolver.send(Message.newQuery(Record.newRecord(ZoneAnswers.name(name), type, DClass.IN)));
    }

    private static List<String> lines(Message answer) {
        return answer.getSection(Section.ANSWER).stream().map(Record::toString).toList();
    }
}
