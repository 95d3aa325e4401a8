package dev.hubferry.dns.domain;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Notice;
import dev.hubferry.contracts.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what stands in the way of changing a name's record in a zone, all at once, and what people should know. */
final class ZoneJudge {

    /** With these the provider keeps mail records by itself that a write may lose. */
    private static final Set<String> MANAGED_MAIL = Set.of("OX", "GMAIL");

    private final ZoneRules rules;

    ZoneJudge(ZoneRules rules) {
        this.rules = rules;
    }

    List<Problem> problems(DnsProvider.Reading reading, DomainName name) {
        List<Problem> problems = new ArrayList<>();
        DomainName domain = reading.zone().domain();
        if (!reading.served()) {
            problems.add(new Problem(
                    ErrorCode.ZONE_NOT_MANAGED,
                    "zone " + domain,
                    "the provider's own name servers do not answer for this zone, so editing it would be without effect",
                    "point the domain at the provider's name servers, or configure the provider that serves it"));
        }
        if (MANAGED_MAIL.contains(reading.zone().mail().toUpperCase(Locale.ROOT)) && !rules.managedMailAllowed()) {
            problems.add(new Problem(
                    ErrorCode.ZONE_MAIL_MANAGED,
                    "zone " + domain,
                    "the provider keeps the mail records of this zone by itself ("
                            + reading.zone().mail() + "); a write of the zone may lose them",
                    "move mail to records of your own, or allow it with hubferry.dns.zones.<name>.allow-managed-mail"));
        }
        if (reading.served()) {
            recordProblem(reading, name).ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<Problem> recordProblem(DnsProvider.Reading reading, DomainName name) {
        Zone zone = reading.zone();
        String host = name.hostIn(zone.domain());
        List<ZoneRecord> leading = leading(zone, host);
        if (leading.isEmpty()) {
            String instead = wildcardFor(zone, host)
                    .map(wildcard -> "; the wildcard '" + wildcard + "' answers for it")
                    .orElse("");
            return Optional.of(notAsExpected(
                    name, "it has no address record of its own" + instead, "add a record of its own for the hub"));
        }
        ZoneRecord only = leading.getFirst();
        if (leading.size() > 1) {
            return Optional.of(notAsExpected(
                    name, "it has " + leading.size() + " address records: " + lines(leading), "leave exactly one"));
        }
        if (!Set.of("A", "AAAA", "CNAME").contains(only.type())) {
            return Optional.of(notAsExpected(
                    name,
                    "its record is '" + only + "', which is no A, AAAA or CNAME record",
                    "replace it by a record that leads to the old hub"));
        }
        return reading.dynamicHosts().contains(host)
                ? Optional.of(notAsExpected(
                        name, "a dynamic-DNS client keeps its address", "turn dynamic DNS off for this host"))
                : Optional.empty();
    }

    /** The one record that leads users of the name somewhere; only to be asked when there are no problems. */
    ZoneRecord current(Zone zone, DomainName name) {
        return leading(zone, name.hostIn(zone.domain())).getFirst();
    }

    List<Notice> notices(DnsProvider.Reading reading, DomainName name) {
        Zone zone = reading.zone();
        ZoneRecord current = current(zone, name);
        List<Notice> notices = new ArrayList<>();
        wildcardFor(zone, current.host())
                .ifPresent(wildcard -> notices.add(new Notice(
                        name.value(),
                        "The wildcard '" + wildcard
                                + "' stands behind this name: it would answer if the record were lost.")));
        zone.records().stream()
                .filter(record -> record.host().equals("*." + current.host()))
                .forEach(below -> notices.add(new Notice(
                        name.value(), "The wildcard '" + below + "' below this name does not move with it.")));
        List<ZoneRecord> sameTarget = zone.records().stream()
                .filter(record ->
                        !record.host().equals(current.host()) && !record.host().startsWith("*."))
                .filter(record ->
                        record.type().equals(current.type()) && record.value().equals(current.value()))
                .toList();
        if (!sameTarget.isEmpty()) {
            notices.add(new Notice(
                    name.value(), "These records lead to the same place and do not move: " + lines(sameTarget) + "."));
        }
        if (!reading.dynamicHosts().isEmpty()) {
            notices.add(new Notice(
                    "zone " + zone.domain(),
                    "Writing the zone may turn off dynamic DNS for: "
                            + String.join(
                                    ", ",
                                    reading.dynamicHosts().stream().sorted().toList()) + "."));
        }
        return notices;
    }

    static Problem notAsExpected(DomainName name, String detail, String remedy) {
        return new Problem(ErrorCode.RECORD_NOT_AS_EXPECTED, "record " + name, detail, remedy);
    }

    private static List<ZoneRecord> leading(Zone zone, String host) {
        return zone.at(host).stream().filter(ZoneRecord::leadsSomewhere).toList();
    }

    /** The nearest wildcard that would answer for a host without records. */
    private static Optional<ZoneRecord> wildcardFor(Zone zone, String host) {
        String parent = host;
        while (!parent.equals("@")) {
            int dot = parent.indexOf('.');
            parent = dot < 0 ? "@" : parent.substring(dot + 1);
            String wildcard = parent.equals("@") ? "*" : "*." + parent;
            Optional<ZoneRecord> found = leading(zone, wildcard).stream().findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static String lines(List<ZoneRecord> records) {
        return records.stream().map(ZoneRecord::toString).collect(Collectors.joining("; "));
    }
}
