package dev.hubferry.fakes.namecheap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** One version of a zone as DNS records, with the look-up rules of an authoritative server (RFC 1034 4.3.2, RFC 4592). */
final class ZoneAnswers {

    /** What a look-up finds. */
    sealed interface Lookup {
        /** Records that answer, a chain of aliases first. */
        record Found(List<Record> records) implements Lookup {}

        /** The name exists, without records of this type. */
        record NoData() implements Lookup {}

        record NoSuchName() implements Lookup {}

        /** The name belongs to somebody else's zone below this one. */
        record Delegated(List<Record> nameServers) implements Lookup {}
    }

    private static final int SOA_TTL = 3_601;
    private static final int NS_TTL = 1_800;
    private static final int CHAIN_LIMIT = 8;
    private static final String REDIRECT_HOST = "192.0.2.80";
    private static final Set<String> REDIRECTS = Set.of("URL", "URL301", "FRAME");

    private final Name apex;
    private final SOARecord soa;
    private final Map<Name, List<Record>> byName = new TreeMap<>();

    ZoneAnswers(FakeZone zone, int serial, List<String> nameServers) {
        this.apex = name(zone.domain());
        Name primary = name(nameServers.getFirst());
        this.soa = new SOARecord(
                apex,
                DClass.IN,
                SOA_TTL,
                primary,
                name("hostmaster." + zone.domain()),
                serial,
                43_200,
                3_600,
                604_800,
                3_601);
        add(soa);
        nameServers.forEach(server -> add(new NSRecord(apex, DClass.IN, NS_TTL, name(server))));
        zone.records().forEach(record -> record(record).ifPresent(this::add));
        zone.srvRecords().forEach(srv -> add(srv(srv)));
    }

    SOARecord soa() {
        return soa;
    }

    Lookup lookup(Name asked, int type) {
        List<Record> chain = new ArrayList<>();
        Name name = asked;
        for (int i = 0; i < CHAIN_LIMIT && name.subdomain(apex); i++) {
            List<Record> delegation = delegation(name);
            if (!delegation.isEmpty()) {
                return chain.isEmpty() ? new Lookup.Delegated(delegation) : new Lookup.Found(chain);
            }
            Optional<List<Record>> here = at(name);
            if (here.isEmpty()) {
                return chain.isEmpty() ? new Lookup.NoSuchName() : new Lookup.Found(chain);
            }
            List<Record> fitting = ofType(here.get(), type);
            if (!fitting.isEmpty()) {
                chain.addAll(fitting);
                return new Lookup.Found(chain);
            }
            List<Record> alias = ofType(here.get(), Type.CNAME);
            if (alias.isEmpty()) {
                return chain.isEmpty() ? new Lookup.NoData() : new Lookup.Found(chain);
            }
            chain.addAll(alias);
            name = ((CNAMERecord) alias.getFirst()).getTarget();
        }
        return new Lookup.Found(chain);
    }

    private List<Record> delegation(Name name) {
        for (Name cut = name; !cut.equals(apex); cut = new Name(cut, 1)) {
            List<Record> servers = ofType(byName.getOrDefault(cut, List.of()), Type.NS);
            if (!servers.isEmpty()) {
                return servers;
            }
        }
        return List.of();
    }

    /** The records at a name, those of a wildcard renamed to it; empty when the name does not exist. */
    private Optional<List<Record>> at(Name name) {
        if (exists(name)) {
            return Optional.of(byName.getOrDefault(name, List.of()));
        }
        Name encloser = new Name(name, 1);
        while (!exists(encloser)) {
            encloser = new Name(encloser, 1);
        }
        return Optional.ofNullable(byName.get(wildcard(encloser)))
                .map(records ->
                        records.stream().map(record -> record.withName(name)).toList());
    }

    /** A name exists when it or a name below it has records. */
    private boolean exists(Name name) {
        return name.equals(apex) || byName.keySet().stream().anyMatch(known -> known.subdomain(name));
    }

    private static List<Record> ofType(List<Record> records, int type) {
        return records.stream()
                .filter(record -> type == Type.ANY || record.getType() == type)
                .toList();
    }

    private void add(Record record) {
        byName.computeIfAbsent(record.getName(), _ -> new ArrayList<>()).add(record);
    }

    private Optional<Record> record(FakeRecord record) {
        Name owner = owner(record.host());
        if (REDIRECTS.contains(record.type())) {
            return Optional.of(parse(owner, Type.A, record.ttl(), REDIRECT_HOST));
        }
        return switch (record.type()) {
            case "A", "AAAA", "CNAME", "NS", "CAA" ->
                Optional.of(parse(owner, Type.value(record.type()), record.ttl(), record.address()));
            case "MX" ->
                Optional.of(new MXRecord(owner, DClass.IN, record.ttl(), record.mxPref(), name(record.address())));
            case "TXT" -> Optional.of(new TXTRecord(owner, DClass.IN, record.ttl(), chunks(record.address())));
            default -> Optional.empty();
        };
    }

    private SRVRecord srv(FakeSrv srv) {
        return new SRVRecord(
                owner(srv.host()), DClass.IN, srv.ttl(), srv.priority(), srv.weight(), srv.port(), name(srv.target()));
    }

    private Name owner(String host) {
        return host.equals("@") || host.isEmpty() ? apex : name(host + "." + apex);
    }

    private static Record parse(Name owner, int type, int ttl, String value) {
        try {
            return Record.fromString(owner, type, DClass.IN, ttl, value, Name.root);
        } catch (IOException e) {
            throw new UncheckedIOException("not a record: " + owner + " " + Type.string(type) + " " + value, e);
        }
    }

    /** A character string of DNS holds 255 bytes at most. */
    private static List<String> chunks(String text) {
        List<String> chunks = new ArrayList<>();
        for (int i = 0; i < text.length() || i == 0; i += 255) {
            chunks.add(text.substring(i, Math.min(i + 255, text.length())));
        }
        return chunks;
    }

    private static Name wildcard(Name encloser) {
        return name("*." + encloser);
    }

    static Name name(String text) {
        try {
            return Name.fromString(text.toLowerCase(Locale.ROOT), Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("not a DNS name: " + text, e);
        }
    }
}
