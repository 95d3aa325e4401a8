package dev.hubferry.dns.adapter.dnsjava;

import java.net.InetSocketAddress;
import java.util.List;

/** How the name servers of a zone become known. */
public sealed interface NameServerSource {

    /** They are told. */
    record Listed(List<InetSocketAddress> addresses) implements NameServerSource {
        public Listed {
            addresses = List.copyOf(addresses);
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("at least one name server must be listed");
            }
        }
    }

    /**
     * The zone's NS records are looked up, and each server's IPv4 addresses.
     *
     * @param resolver is asked, recursively
     * @param port on which the servers found listen; 53 but for tests
     */
    record Looked(InetSocketAddress resolver, int port) implements NameServerSource {}
}
