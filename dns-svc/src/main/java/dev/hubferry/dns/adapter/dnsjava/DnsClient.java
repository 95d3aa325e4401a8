package dev.hubferry.dns.adapter.dnsjava;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;

/** Sends one question to one server, over TCP when the answer does not fit into UDP, and once more when it gets lost. */
final class DnsClient {

    private static final int ATTEMPTS = 2;

    /** Whether the server shall find the answer elsewhere. */
    enum Recursion {
        DESIRED,
        OFF
    }

    private final Duration timeout;

    /** @param timeout for one attempt */
    DnsClient(Duration timeout) {
        this.timeout = timeout;
    }

    Message ask(InetSocketAddress server, Name name, int type, Recursion recursion)
            throws IOException, InterruptedException {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(timeout);
        IOException last = new IOException("no attempt was made");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
                if (recursion == Recursion.OFF) {
                    query.getHeader().unsetFlag(Flags.RD);
                }
                return resolver.send(query);
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                last = e;
            }
        }
        throw last;
    }
}
