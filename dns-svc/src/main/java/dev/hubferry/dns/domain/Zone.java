package dev.hubferry.dns.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a provider stores of a zone and that a write replaces.
 *
 * @param domain the zone's name
 * @param mail the provider's word for how mail is handled, such as {@code MX} or {@code NONE}; kept to the letter
 * @param records in the provider's order, which means nothing: compare with {@link #sameAs}
 */
public record Zone(DomainName domain, String mail, List<ZoneRecord> records) {

    public Zone {
        records = List.copyOf(records);
    }

    /** The records of one host. */
    public List<ZoneRecord> at(String host) {
        return records.stream().filter(record -> record.host().equals(host)).toList();
    }

    /**
     * This zone with {@code next} in place of {@code old}.
     *
     * @throws IllegalArgumentException when {@code old} does not stand in it exactly once
     */
    public Zone replacing(ZoneRecord old, ZoneRecord next) {
        List<ZoneRecord> replaced = new ArrayList<>(records);
        int place = replaced.indexOf(old);
        if (place < 0 || replaced.lastIndexOf(old) != place) {
            throw new IllegalArgumentException("'" + old + "' does not stand exactly once in " + domain);
        }
        replaced.set(place, next);
        return new Zone(domain, mail, replaced);
    }

    /** Whether both hold the same records, as often as each other, in whatever order, and handle mail in the same way. */
    public boolean sameAs(Zone other) {
        return domain.equals(other.domain) && difference(other).isEmpty();
    }

    /** What turns this zone into {@code other}. */
    public ZoneDifference difference(Zone other) {
        return new ZoneDifference(without(records, other.records), without(other.records, records), mail, other.mail);
    }

    private static List<ZoneRecord> without(List<ZoneRecord> these, List<ZoneRecord> those) {
        List<ZoneRecord> left = new ArrayList<>(these);
        those.forEach(left::remove);
        return left;
    }
}
