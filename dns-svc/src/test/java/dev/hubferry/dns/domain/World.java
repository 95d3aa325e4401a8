package dev.hubferry.dns.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.contracts.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;

/** A zone at a provider in memory, its name servers, a journal, and a clock that only pauses move. */
final class World {

    static final DomainName DOMAIN = DomainName.of("example.org");
    static final DomainName HUB = DomainName.of("hub.example.org");
    static final IngressAddress OLD = new IngressAddress(IngressAddress.Kind.IPV4, "192.0.2.1");
    static final IngressAddress NEW = new IngressAddress(IngressAddress.Kind.IPV4, "192.0.2.2");
    static final IngressAddress OLD_NAME = new IngressAddress(IngressAddress.Kind.HOSTNAME, "example.net");
    static final IngressAddress NEW_NAME = new IngressAddress(IngressAddress.Kind.HOSTNAME, "lb-1.eu.elb.example.net");
    static final Duration LOW = Duration.ofSeconds(300);
    static final ZoneRecord RECORD = ZoneRecord.of("hub", "A", "192.0.2.1", 1799);
    static final Zone ZONE = new Zone(
            DOMAIN,
            "MX",
            List.of(
                    RECORD,
                    ZoneRecord.of("www", "CNAME", "example.net", 1799),
                    new ZoneRecord("@", "MX", "mail.example.net", 1799, 5),
                    ZoneRecord.of("@", "TXT", "v=spf1 -all", 1799)));

    final Crashes crashes = new Crashes();
    final FakeDnsProvider provider;
    final FakeNameServers nameServers;
    final FakeWork work = new FakeWork(crashes, "m-1/step");
    /** A run of another migration. */
    final FakeWork otherWork = new FakeWork(crashes, "m-2/step");

    final FakeZoneTurns turns = new FakeZoneTurns(crashes);
    private Runnable meanwhile = () -> {};
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    final ManagedZone zone;

    World() {
        this(ZONE);
    }

    World(Zone start) {
        provider = new FakeDnsProvider(start, crashes);
        nameServers = new FakeNameServers(DOMAIN, provider::zone);
        zone = managed(false);
    }

    ManagedZone managed(boolean managedMailAllowed) {
        InstantSource source = () -> now;
        Clock clock = source.withZone(ZoneOffset.UTC);
        return new ManagedZone(
                DOMAIN,
                provider,
                turns,
                new ManagedZone.Servers(nameServers, Duration.ofSeconds(1), Duration.ofMinutes(5), Set.of("_sip._tls")),
                new ZoneRules(
                        Duration.ofSeconds(60), Duration.ofSeconds(60_000), managedMailAllowed, Duration.ofSeconds(60)),
                clock,
                this::pause);
    }

    Instant now() {
        return now;
    }

    /** Happens, once, in the next pause. */
    void meanwhile(Runnable interlude) {
        meanwhile = interlude;
    }

    private void pause(Duration time) {
        Runnable interlude = meanwhile;
        meanwhile = () -> {};
        interlude.run();
        pass(time);
    }

    /** Whether nothing is recorded any more. */
    boolean isForgotten() {
        return work.isEmpty() && turns.isEmpty();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** The hub's record as it stands. */
    ZoneRecord record() {
        return provider.zone().at("hub").stream()
                .filter(ZoneRecord::leadsSomewhere)
                .findFirst()
                .orElseThrow();
    }

    static Zone zoneWith(ZoneRecord... records) {
        return new Zone(DOMAIN, "NONE", List.of(records));
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(List<Problem> problems) -> throw new AssertionError("refused: " + problems);
        };
    }

    static Problem refused(Outcome<?> outcome, ErrorCode code) {
        List<Problem> problems = refused(outcome);
        Assertions.assertThat(problems).hasSize(1);
        Assertions.assertThat(problems.getFirst().code()).isEqualTo(code);
        return problems.getFirst();
    }

    static List<Problem> refused(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?>(Object value) -> throw new AssertionError("done: " + value);
            case Outcome.Refused<?>(List<Problem> problems) -> problems;
        };
    }
}
