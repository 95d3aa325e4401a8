package dev.hubferry.dns.adapter.dnsjava;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.NameServers;
import dev.hubferry.dns.domain.ZoneRecord;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks authoritative name servers over UDP and TCP, past every cache. */
public final class DnsjavaNameServers implements NameServers {

    private final NameServerSource source;
    private final DnsClient client;

    /** @param timeout for one attempt at one question */
    public DnsjavaNameServers(NameServerSource source, Duration timeout) {
        this.source = source;
        this.client = new DnsClient(timeout);
    }

    @Override
    public List<Server> of(DomainName zone) throws InterruptedException {
        return switch (source) {
            case NameServerSource.Listed(List<InetSocketAddress> addresses) ->
                addresses.stream()
                        .map(address -> new Server(address.getAddress().getHostAddress(), address))
                        .toList();
            case NameServerSource.Looked(InetSocketAddress resolver, int port) -> lookUp(zone, resolver, port);
        };
    }

    @Override
    public Answer ask(Server server, DomainName name, String type) throws InterruptedException {
        Name asked = name(name.value());
        try {
            Message answer = client.ask(server.address(), asked, Type.value(type), DnsClient.Recursion.OFF);
            int rcode = answer.getRcode();
            if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
                return new Answer.NotAuthoritative(Rcode.string(rcode));
            }
            if (!answer.getHeader().getFlag(Flags.AA)) {
                return new Answer.NotAuthoritative("the answer comes from a cache or another zone");
            }
            return new Answer.Authoritative(answer.getSection(Section.ANSWER).stream()
                    .filter(record -> record.getName().equals(asked))
                    .map(DnsjavaNameServers::served)
                    .collect(Collectors.toSet()));
        } catch (IOException e) {
            return new Answer.Silent(String.valueOf(e.getMessage()));
        }
    }

    private List<Server> lookUp(DomainName zone, InetSocketAddress resolver, int port) throws InterruptedException {
        List<Server> servers = new ArrayList<>();
        for (Record record : resolve(resolver, name(zone.value()), Type.NS)) {
            Name target = ((NSRecord) record).getTarget();
            List<Record> addresses = resolve(resolver, target, Type.A);
            if (addresses.isEmpty()) {
                throw unreachable("the name server " + target + " of " + zone + " has no IPv4 address", null);
            }
            addresses.forEach(address -> servers.add(
                    new Server(target.toString(true), new InetSocketAddress(((ARecord) address).getAddress(), port))));
        }
        if (servers.isEmpty()) {
            throw unreachable(zone + " has no name servers according to " + resolver, null);
        }
        return List.copyOf(servers);
    }

    private List<Record> resolve(InetSocketAddress resolver, Name name, int type) throws InterruptedException {
        try {
            Message answer = client.ask(resolver, name, type, DnsClient.Recursion.DESIRED);
            if (answer.getRcode() != Rcode.NOERROR && answer.getRcode() != Rcode.NXDOMAIN) {
                throw unreachable(
                        "the resolver " + resolver + " answers " + Rcode.string(answer.getRcode()) + " for " + name,
                        null);
            }
            return answer.getSection(Section.ANSWER).stream()
                    .filter(record -> record.getType() == type)
                    .toList();
        } catch (IOException e) {
            throw unreachable("the resolver " + resolver + " does not answer for " + name, e);
        }
    }

    private static Served served(Record record) {
        String type = Type.string(record.getType());
        String value = switch (record) {
            case ARecord a -> a.getAddress().getHostAddress();
            case AAAARecord aaaa -> aaaa.getAddress().getHostAddress();
            case CNAMERecord cname -> cname.getTarget().toString(true);
            case SRVRecord srv ->
                srv.getPriority() + " " + srv.getWeight() + " " + srv.getPort() + " "
                        + srv.getTarget().toString(true);
            default -> record.rdataToString();
        };
        // A zone's record and a served one must be spelled alike to be compared.
        return new Served(type, ZoneRecord.of("@", type, value, 1).value(), record.getTTL());
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("not a DNS name: " + text, e);
        }
    }

    private static DnsAccessException unreachable(String detail, @Nullable Throwable cause) {
        return new DnsAccessException(ErrorCode.DNS_UNREACHABLE, detail, cause);
    }
}
