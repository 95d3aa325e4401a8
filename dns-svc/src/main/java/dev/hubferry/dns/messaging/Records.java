package dev.hubferry.dns.messaging;

import dev.hubferry.contracts.DnsRecord;
import dev.hubferry.dns.domain.Zone;
import dev.hubferry.dns.domain.ZoneRecord;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** Records as replies show them. */
final class Records {

    private Records() {}

    static DnsRecord record(ZoneRecord record) {
        return new DnsRecord(
                record.host(),
                record.type(),
                record.value(),
                record.ttlSeconds(),
                record.type().equals("MX") ? OptionalInt.of(record.priority()) : OptionalInt.empty());
    }

    /** All records of a zone in an order that does not depend on the provider. */
    static List<DnsRecord> all(Zone zone) {
        return zone.records().stream()
                .sorted(Comparator.comparing(ZoneRecord::host)
                        .thenComparing(ZoneRecord::type)
                        .thenComparing(ZoneRecord::value)
                        .thenComparing(ZoneRecord::priority))
                .map(Records::record)
                .toList();
    }
}
