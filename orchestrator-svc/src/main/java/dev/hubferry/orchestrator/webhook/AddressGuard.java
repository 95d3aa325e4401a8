package dev.hubferry.orchestrator.webhook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses may be connected to: those that are reachable from everywhere, and what was allowed besides.
 *
 * <p>By the registries of special-purpose addresses of IANA, <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4</a> and
 * <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6</a>.
 */
public final class AddressGuard {
    private static final int IPV4_BYTES = 4;

    private static final List<Kind> SPECIAL = List.of(
            kind("0.0.0.0/8", "of this host"),
            kind("10.0.0.0/8", "private"),
            kind("100.64.0.0/10", "behind a carrier's NAT"),
            kind("127.0.0.0/8", "loopback"),
            kind("169.254.0.0/16", "link-local, where clouds have their metadata"),
            kind("172.16.0.0/12", "private"),
            kind("192.0.0.0/24", "reserved for protocols"),
            kind("192.0.2.0/24", "for documentation"),
            kind("192.88.99.0/24", "of 6to4 relays"),
            kind("192.168.0.0/16", "private"),
            kind("198.18.0.0/15", "for benchmarks"),
            kind("198.51.100.0/24", "for documentation"),
            kind("203.0.113.0/24", "for documentation"),
            kind("224.0.0.0/4", "multicast"),
            kind("240.0.0.0/4", "reserved"),
            kind("::/128", "of this host"),
            kind("::1/128", "loopback"),
            kind("fc00::/7", "private"),
            kind("fe80::/10", "link-local"),
            kind("fec0::/10", "private"),
            kind("ff00::/8", "multicast"),
            kind("2001::/32", "a Teredo tunnel"),
            kind("2001::/23", "reserved for protocols"),
            kind("2001:db8::/32", "for documentation"),
            kind("2002::/16", "a 6to4 tunnel"),
            kind("3fff::/20", "for documentation"));

    private static final IpRange PUBLIC_IPV6 = IpRange.of("2000::/3");

    /** An IPv4 address stands at the end of these, and is what is reached. */
    private static final List<IpRange> EMBEDDING = List.of(mapped(), IpRange.of("64:ff9b::/96"));

    private final List<IpRange> allowed;

    private record Kind(IpRange range, String name) {}

    /** @param allowed what may be connected to besides public addresses */
    public AddressGuard(List<IpRange> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** Why an address may not be connected to; empty when it may. */
    public Optional<String> refusal(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] reached = reached(bytes);
        if (allowed.stream().anyMatch(range -> range.contains(bytes) || range.contains(reached))) {
            return Optional.empty();
        }
        return kind(reached).map(kind -> address.getHostAddress() + " is " + kind);
    }

    private static Optional<String> kind(byte[] address) {
        Optional<String> special = SPECIAL.stream()
                .filter(kind -> kind.range().contains(address))
                .map(kind -> kind.name() + " (" + kind.range() + ")")
                .findFirst();
        boolean other = address.length != IPV4_BYTES && !PUBLIC_IPV6.contains(address);
        return special.isEmpty() && other ? Optional.of("not public") : special;
    }

    private static byte[] reached(byte[] address) {
        return EMBEDDING.stream().anyMatch(range -> range.contains(address))
                ? Arrays.copyOfRange(address, address.length - IPV4_BYTES, address.length)
                : address;
    }

    private static Kind kind(String range, String name) {
        return new Kind(IpRange.of(range), name);
    }

    /** {@code ::ffff:0:0/96}, which Java reads as an IPv4 address. */
    private static IpRange mapped() {
        byte[] network = new byte[16];
        network[10] = -1;
        network[11] = -1;
        return IpRange.of(network, 96);
    }
}
