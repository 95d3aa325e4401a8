package dev.hubferry.dns.adapter.dnsjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.NameServers.Answer;
import dev.hubferry.dns.domain.NameServers.Served;
import dev.hubferry.dns.domain.NameServers.Server;
import dev.hubferry.fakes.namecheap.FakeNameServer;
import dev.hubferry.fakes.namecheap.FakeNamecheap;
import dev.hubferry.fakes.namecheap.FakeNamecheapConfig;
import dev.hubferry.fakes.namecheap.FakeRecord;
import dev.hubferry.fakes.namecheap.FakeSrv;
import dev.hubferry.fakes.namecheap.FakeZone;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DnsjavaNameServersTest {

    private static final DomainName DOMAIN = DomainName.of("example.org");
    private static final DomainName HUB = DomainName.of("hub.example.org");
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final FakeNamecheap namecheap = FakeNamecheap.start(FakeNamecheapConfig.defaults());
    private final List<InetSocketAddress> addresses =
            namecheap.nameServers().stream().map(FakeNameServer::address).toList();
    private final DnsjavaNameServers nameServers =
            new DnsjavaNameServers(new NameServerSource.Listed(addresses), TIMEOUT);

    @BeforeEach
    void seed() {
        namecheap.seed(FakeZone.of("example", "org")
                .with(FakeRecord.a("hub", "192.0.2.1", 300))
                .with(FakeRecord.of("six", "AAAA", "2001:db8::1", 60))
                .with(FakeRecord.cname("www", "hub.example.org.", 60))
                .with(FakeRecord.of("sub", "NS", "ns.example.net.", 60))
                .with(new FakeSrv("_sip._tls", 1, 2, 443, "SIP.example.net", 1799)));
    }

    @AfterEach
    void close() {
        namecheap.close();
    }

    @Test
    void asksEachServerForItself() throws InterruptedException {
        // Given
        namecheap.nameServers().get(1).lag(Duration.ofHours(1));
        namecheap.nameServers().get(0).lag(Duration.ZERO);
        namecheap.edit("example.org", zone -> zone.withRecords(List.of(FakeRecord.a("hub", "192.0.2.2", 60))));
        // When, Then
        List<Server> servers = nameServers.of(DOMAIN);
        assertThat(servers)
                .extracting(Server::toString)
                .allMatch(text -> text.matches("127\\.0\\.0\\.[45]/127\\.0\\.0\\.[45]:\\d+"));
        assertThat(nameServers.ask(servers.get(0), HUB, "A")).isEqualTo(served("A", "192.0.2.2", 60));
        assertThat(nameServers.ask(servers.get(1), HUB, "A")).isEqualTo(served("A", "192.0.2.1", 300));
    }

    @Test
    void spellsAnswersAsZonesAreSpelled() throws InterruptedException {
        // Given, When, Then
        assertThat(ask("six.example.org", "AAAA")).isEqualTo(served("AAAA", "2001:db8:0:0:0:0:0:1", 60));
        assertThat(ask("_sip._tls.example.org", "SRV"))
                .isInstanceOfSatisfying(
                        Answer.Authoritative.class,
                        answer -> assertThat(answer.records())
                                .extracting(Served::value)
                                .containsExactly("1 2 443 sip.example.net"));
    }

    @Test
    void answersAnAliasAsItselfAndNotAsItsTarget() throws InterruptedException {
        // Given, When, Then
        assertThat(ask("www.example.org", "A")).isEqualTo(served("CNAME", "hub.example.org", 60));
    }

    @Test
    void takesNothingForAnAnswer() throws InterruptedException {
        // Given, When, Then
        assertThat(ask("hub.example.org", "AAAA")).isEqualTo(new Answer.Authoritative(Set.of()));
        assertThat(ask("nobody.example.org", "A")).isEqualTo(new Answer.Authoritative(Set.of()));
    }

    @Test
    void distrustsWhatHasNoAuthority() throws InterruptedException {
        // Given, When, Then
        assertThat(ask("x.sub.example.org", "A")).isInstanceOf(Answer.NotAuthoritative.class);
        assertThat(ask("hub.example.com", "A")).isEqualTo(new Answer.NotAuthoritative("REFUSED"));
        namecheap.nameServers().getFirst().behave(FakeNameServer.Behaviour.LAME);
        assertThat(ask("hub.example.org", "A")).isInstanceOf(Answer.NotAuthoritative.class);
    }

    @Test
    void turnsToTcpWhenAnAnswerIsTruncated() throws InterruptedException {
        // Given
        namecheap.nameServers().getFirst().behave(FakeNameServer.Behaviour.TRUNCATING);
        // When, Then
        assertThat(ask("hub.example.org", "A")).isEqualTo(served("A", "192.0.2.1", 300));
    }

    @Test
    void saysThatAServerIsSilentAfterAskingTwice() throws InterruptedException {
        // Given
        namecheap.nameServers().getFirst().behave(FakeNameServer.Behaviour.SILENT);
        // When, Then
        assertThat(ask("hub.example.org", "A")).isInstanceOf(Answer.Silent.class);
        assertThat(namecheap.nameServers().getFirst().queries()).isEqualTo(2);
    }

    @Test
    void findsTheServersByTheZonesOwnRecords() throws InterruptedException {
        // Given
        DnsjavaNameServers looked = new DnsjavaNameServers(
                new NameServerSource.Looked(
                        addresses.getFirst(), addresses.getFirst().getPort()),
                TIMEOUT);
        // When
        List<Server> servers = looked.of(DOMAIN);
        // Then
        assertThat(servers)
                .extracting(Server::name)
                .containsExactlyInAnyOrder("dns1.registrar-servers.test", "dns2.registrar-servers.test");
        assertThat(servers).extracting(Server::address).containsExactlyInAnyOrderElementsOf(addresses);
    }

    @Test
    void failsWhenTheServersCannotBeFound() {
        // Given
        DnsjavaNameServers looked =
                new DnsjavaNameServers(new NameServerSource.Looked(addresses.getFirst(), 53), TIMEOUT);
        // When, Then
        assertThatThrownBy(() -> looked.of(DomainName.of("example.com")))
                .isInstanceOfSatisfying(
                        DnsAccessException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DNS_UNREACHABLE))
                .hasMessageContaining("REFUSED");
        namecheap.nameServers().getFirst().behave(FakeNameServer.Behaviour.SILENT);
        assertThatThrownBy(() -> looked.of(DOMAIN)).isInstanceOf(DnsAccessException.class);
    }

    @Test
    void letsAnInterruptPass() {
        // Given
        namecheap.nameServers().getFirst().behave(FakeNameServer.Behaviour.SILENT);
        // When
        Thread.currentThread().interrupt();
        // Then
        assertThatThrownBy(() -> ask("hub.example.org", "A")).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private Answer ask(String name, String type) throws InterruptedException {
        return nameServers.ask(nameServers.of(DOMAIN).getFirst(), DomainName.of(name), type);
    }

    private static Answer served(String type, String value, long ttl) {
        return new Answer.Authoritative(Set.of(new Served(type, value, ttl)));
    }
}
