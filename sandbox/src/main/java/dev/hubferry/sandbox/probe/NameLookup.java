package dev.hubferry.sandbox.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks an authoritative name server where a name points. */
final class NameLookup {
    private final Name name;
    private final Duration limit;

    NameLookup(String name, Duration limit) {
        try {
            this.name = Name.fromString(name.endsWith(".") ? name : name + ".");
        } catch (TextParseException e) {
            throw new IllegalArgumentException("not a DNS name: " + name, e);
        }
        this.limit = limit;
    }

    /** An IP, the host name of a CNAME without trailing dot, or empty when the server does not answer one. */
    String address(InetSocketAddress server) {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(limit);
        Message query = Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
        query.getHeader().unsetFlag(Flags.RD);
        try {
            for (Record record : resolver.send(query).getSection(Section.ANSWER)) {
                String address = addressOf(record);
                if (!address.isEmpty()) {
                    return address;
                }
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }

    private static String addressOf(Record record) {
        return switch (record) {
            case ARecord a -> a.getAddress().getHostAddress();
            case AAAARecord aaaa -> aaaa.getAddress().getHostAddress();
            case CNAMERecord cname -> cname.getTarget().toString(true).toLowerCase(Locale.ROOT);
            default -> "";
        };
    }
}
