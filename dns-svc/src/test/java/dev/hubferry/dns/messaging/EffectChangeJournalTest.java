package dev.hubferry.dns.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.dns.domain.ChangeJournal;
import dev.hubferry.dns.domain.ChangeJournal.Change;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.ServiceRecord;
import dev.hubferry.dns.domain.Zone;
import dev.hubferry.dns.domain.ZoneRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectChangeJournalTest {

    private static final DomainName DOMAIN = DomainName.of("example.org");
    private static final DomainName HUB = DomainName.of("hub.example.org");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ZoneRecord RECORD = ZoneRecord.of("hub", "A", "192.0.2.1", 1799);
    private static final Zone ZONE =
            new Zone(DOMAIN, "MX", List.of(RECORD, new ZoneRecord("@", "MX", "mail.example.net", 300, 5)));
    private static final ChangeJournal.Entry ENTRY = new ChangeJournal.Entry(
            RECORD,
            RECORD.withTtl(300),
            ZONE,
            List.of(new ServiceRecord(DomainName.of("_sip._tls.example.org"), "1 1 443 sip.example.net")));

    private final FakeExecution execution = new FakeExecution();
    private final EffectChangeJournal journal = new EffectChangeJournal(execution.effects());

    @Test
    void keepsChangesApartAndReadsThemBackWhole() {
        // Given, When
        journal.record(Change.LOWERED_TTL, HUB, ENTRY);
        // Then
        assertThat(journal.find(Change.LOWERED_TTL, HUB)).contains(ENTRY);
        assertThat(journal.find(Change.SWITCHED_RECORD, HUB)).isEmpty();
        journal.forget(Change.LOWERED_TTL, HUB);
        assertThat(execution.recorded()).isEmpty();
    }

    @Test
    void keepsTheLastEntryOfAChange() {
        // Given
        journal.record(Change.SWITCHED_RECORD, HUB, ENTRY);
        ChangeJournal.Entry later = new ChangeJournal.Entry(RECORD, RECORD, ZONE, List.of());
        // When
        journal.record(Change.SWITCHED_RECORD, HUB, later);
        // Then
        assertThat(journal.find(Change.SWITCHED_RECORD, HUB)).contains(later);
    }

    @Test
    void readsWhatEarlierVersionsWrote() {
        // Given
        execution.recordBefore("ttl:hub.example.org", """
                {"before":{"host":"hub","type":"A","value":"192.0.2.1","ttlSeconds":1799,"priority":0},
                 "after":{"host":"hub","type":"A","value":"192.0.2.1","ttlSeconds":300,"priority":0},
                 "backup":{"domain":{"value":"example.org"},"mail":"MX","records":[
                   {"host":"hub","type":"A","value":"192.0.2.1","ttlSeconds":1799,"priority":0},
                   {"host":"@","type":"MX","value":"mail.example.net","ttlSeconds":300,"priority":5}]},
                 "services":[{"name":{"value":"_sip._tls.example.org"},"value":"1 1 443 sip.example.net"}],
                 "somethingNew":true}
                """);
        // When, Then
        assertThat(journal.find(Change.LOWERED_TTL, HUB)).contains(ENTRY);
    }

    @Test
    void keepsTheFirstInstantOfPropagation() {
        // Given, When, Then
        assertThat(journal.propagated(HUB, NOON)).isEqualTo(NOON);
        assertThat(journal.propagated(HUB, NOON.plusSeconds(9))).isEqualTo(NOON);
        journal.forgetPropagated(HUB);
        assertThat(journal.propagated(HUB, NOON.plusSeconds(9))).isEqualTo(NOON.plusSeconds(9));
    }
}
