package dev.hubferry.dns.domain;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/** A zone's authoritative name servers, each asked directly. */
public interface NameServers {

    /** @param name as in the zone's NS record, or the address when it was configured without a name */
    record Server(String name, InetSocketAddress address) {
        /** {@code name/address:port}. */
        @Override
        public String toString() {
            return name + "/" + address.getAddress().getHostAddress() + ":" + address.getPort();
        }
    }

    /**
     * One record as served.
     *
     * @param type {@code A}, {@code CNAME}, {@code SRV}, …
     * @param value in the spelling of {@link ZoneRecord}
     */
    record Served(String type, String value, long ttlSeconds) {}

    /** What a server says about a name and type. */
    sealed interface Answer {
        /** The server is in charge of the name; {@code records} is empty when there are none. */
        record Authoritative(Set<Served> records) implements Answer {
            public Authoritative {
                records = Set.copyOf(records);
            }
        }

        /** An answer that cannot be relied on. */
        record NotAuthoritative(String what) implements Answer {}

        record Silent(String why) implements Answer {}
    }

    /**
     * All servers of the zone, at least one.
     *
     * @throws DnsAccessException when they cannot be found
     */
    List<Server> of(DomainName zone) throws InterruptedException;

    /** Asks one server without recursion; failures are answers. */
    Answer ask(Server server, DomainName name, String type) throws InterruptedException;
}
