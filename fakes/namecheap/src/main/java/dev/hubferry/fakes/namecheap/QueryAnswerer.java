package dev.hubferry.fakes.namecheap;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Answers DNS messages from the zones as one server sees them. */
final class QueryAnswerer {

    private static final int PLAIN_UDP = 512;
    private static final int TCP_LIMIT = 65_535;
    private static final int EDNS_SIZE = 1_232;
    private static final int GLUE_TTL = 1_800;
    private static final int REMEMBERED_VERSIONS = 50;
    private static final byte[] SILENCE = new byte[0];

    private final ZoneStore zones;
    private final List<String> serverNames;
    private final Map<Name, InetAddress> serverAddresses;
    private final AtomicInteger queries = new AtomicInteger();
    private final Map<ZoneStore.Version, ZoneAnswers> parsed = new ConcurrentHashMap<>();
    private volatile Duration lag;
    private volatile FakeNameServer.Behaviour behaviour = FakeNameServer.Behaviour.WELL;

    QueryAnswerer(ZoneStore zones, List<FakeNamecheapConfig.NameServerConfig> servers, Duration lag) {
        this.zones = zones;
        this.lag = lag;
        this.serverNames =
                servers.stream().map(FakeNamecheapConfig.NameServerConfig::name).toList();
        this.serverAddresses = servers.stream()
                .collect(Collectors.toMap(
                        server -> ZoneAnswers.name(server.name()), server -> InetAddress.ofLiteral(server.address())));
    }

    void lag(Duration replacement) {
        lag = replacement;
    }

    void behave(FakeNameServer.Behaviour replacement) {
        behaviour = replacement;
    }

    int queries() {
        return queries.get();
    }

    byte[] overUdp(byte[] wire) {
        return answer(wire, true);
    }

    byte[] overTcp(byte[] wire) {
        return answer(wire, false);
    }

    private byte[] answer(byte[] wire, boolean udp) {
        Message query;
        try {
            query = new Message(wire);
        } catch (IOException e) {
            return SILENCE;
        }
        if (query.getHeader().getFlag(Flags.QR)) {
            return SILENCE;
        }
        queries.incrementAndGet();
        return switch (behaviour) {
            case SILENT -> SILENCE;
            case REFUSING -> wire(refused(query, Rcode.REFUSED), query, udp);
            case WELL -> wire(resolve(query), query, udp);
            case LAME -> wire(withoutAuthority(resolve(query)), query, udp);
            case TRUNCATING -> wire(udp ? truncated(query) : resolve(query), query, udp);
        };
    }

    private Message resolve(Message query) {
        Record question = query.getQuestion();
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            return refused(query, Rcode.NOTIMP);
        }
        if (question == null || question.getDClass() != DClass.IN || question.getType() == Type.AXFR) {
            return refused(query, Rcode.REFUSED);
        }
        InetAddress ownName = serverAddresses.get(question.getName());
        if (ownName != null) {
            return glue(query, question, ownName);
        }
        String name = question.getName().toString(true).toLowerCase(Locale.ROOT);
        Optional<ZoneStore.Version> version = zones.asServed(name, lag);
        return version.map(served -> fromZone(query, question, answers(served)))
                .orElseGet(() -> refused(query, Rcode.REFUSED));
    }

    private ZoneAnswers answers(ZoneStore.Version version) {
        if (parsed.size() > REMEMBERED_VERSIONS) {
            parsed.clear();
        }
        return parsed.computeIfAbsent(version, _ -> new ZoneAnswers(version.zone(), version.serial(), serverNames));
    }

    private static Message fromZone(Message query, Record question, ZoneAnswers zone) {
        Message answer = start(query);
        answer.getHeader().setFlag(Flags.AA);
        switch (zone.lookup(question.getName(), question.getType())) {
            case ZoneAnswers.Lookup.Found(List<Record> records) ->
                records.forEach(record -> answer.addRecord(record, Section.ANSWER));
            case ZoneAnswers.Lookup.NoData() -> answer.addRecord(zone.soa(), Section.AUTHORITY);
            case ZoneAnswers.Lookup.NoSuchName() -> {
                answer.getHeader().setRcode(Rcode.NXDOMAIN);
                answer.addRecord(zone.soa(), Section.AUTHORITY);
            }
            case ZoneAnswers.Lookup.Delegated(List<Record> nameServers) -> {
                answer.getHeader().unsetFlag(Flags.AA);
                nameServers.forEach(server -> answer.addRecord(server, Section.AUTHORITY));
            }
        }
        return answer;
    }

    /** The servers' own names resolve here too, so that a zone's name servers can be found from one of them. */
    private static Message glue(Message query, Record question, InetAddress address) {
        Message answer = start(query);
        answer.getHeader().setFlag(Flags.AA);
        if (question.getType() == Type.A) {
            answer.addRecord(new ARecord(question.getName(), DClass.IN, GLUE_TTL, address), Section.ANSWER);
        }
        return answer;
    }

    private static Message refused(Message query, int rcode) {
        Message answer = start(query);
        answer.getHeader().setRcode(rcode);
        return answer;
    }

    private static Message truncated(Message query) {
        Message answer = start(query);
        answer.getHeader().setFlag(Flags.AA);
        answer.getHeader().setFlag(Flags.TC);
        return answer;
    }

    private static Message withoutAuthority(Message answer) {
        answer.getHeader().unsetFlag(Flags.AA);
        return answer;
    }

    private static Message start(Message query) {
        Message answer = new Message(query.getHeader().getID());
        Header header = answer.getHeader();
        header.setFlag(Flags.QR);
        if (query.getHeader().getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        if (query.getQuestion() != null) {
            answer.addRecord(query.getQuestion(), Section.QUESTION);
        }
        return answer;
    }

    private static byte[] wire(Message answer, Message query, boolean udp) {
        OPTRecord edns = query.getOPT();
        if (edns != null) {
            answer.addRecord(new OPTRecord(EDNS_SIZE, 0, 0), Section.ADDITIONAL);
        }
        int udpLimit = edns == null ? PLAIN_UDP : Math.clamp(edns.getPayloadSize(), PLAIN_UDP, EDNS_SIZE);
        return answer.toWire(udp ? udpLimit : TCP_LIMIT);
    }
}
