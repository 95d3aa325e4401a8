package dev.hubferry.dns.domain;

import dev.hubferry.contracts.IngressAddress;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One record of a zone in one spelling, so that equal records are equal values.
 *
 * @param host relative to the zone, lower case, {@code "@"} for the apex
 * @param type upper case: {@code A}, {@code CNAME}, {@code URL301}, …
 * @param value targets in lower case without a trailing dot, IPv6 addresses in their long form, everything else to the letter
 * @param ttlSeconds more than 0
 * @param priority of an {@code MX} record; 0 for the others
 */
public record ZoneRecord(String host, String type, String value, long ttlSeconds, int priority) {

    private static final Set<String> TARGET_IS_NAME = Set.of("ALIAS", "CNAME", "MX", "NS");
    private static final Set<String> LEAD_SOMEWHERE = Set.of("A", "AAAA", "ALIAS", "CNAME", "FRAME", "URL", "URL301");

    public ZoneRecord {
        String bare = DomainName.spelled(host);
        host = bare.isEmpty() ? "@" : bare;
        type = type.strip().toUpperCase(Locale.ROOT);
        value = spelled(type, value);
        priority = type.equals("MX") ? priority : 0;
        if (ttlSeconds <= 0) {
            throw new IllegalArgumentException("ttlSeconds must be more than 0, but was " + ttlSeconds + " at " + host);
        }
    }

    public static ZoneRecord of(String host, String type, String value, long ttlSeconds) {
        return new ZoneRecord(host, type, value, ttlSeconds, 0);
    }

    /** The record that leads to {@code address}. */
    public static ZoneRecord leadingTo(IngressAddress address, String host, long ttlSeconds) {
        return of(host, typeFor(address), address.value(), ttlSeconds);
    }

    /** {@code A}, {@code AAAA} or {@code CNAME}. */
    public static String typeFor(IngressAddress address) {
        return switch (address.kind()) {
            case IPV4 -> "A";
            case IPV6 -> "AAAA";
            case HOSTNAME -> "CNAME";
        };
    }

    public ZoneRecord withTtl(long seconds) {
        return new ZoneRecord(host, type, value, seconds, priority);
    }

    /** Whether the value is what the type asks for; types that lead nowhere may hold anything. */
    public boolean isWellFormed() {
        return switch (type) {
            case "A" -> literal(value).filter(Inet4Address.class::isInstance).isPresent();
            case "AAAA" -> literal(value).filter(Inet6Address.class::isInstance).isPresent();
            case "CNAME" -> DomainName.parse(value).isPresent();
            default -> true;
        };
    }

    /** Whether it decides where users of the name end up, and so stands in the way of another that does. */
    public boolean leadsSomewhere() {
        return LEAD_SOMEWHERE.contains(type);
    }

    /** Whether it leads exactly to {@code address}, whatever its time to live. */
    public boolean leadsTo(IngressAddress address) {
        return sameTarget(leadingTo(address, host, ttlSeconds));
    }

    /** Whether it is the same but for the time to live. */
    public boolean sameTarget(ZoneRecord other) {
        return equals(other.withTtl(ttlSeconds));
    }

    @Override
    public String toString() {
        String preference = type.equals("MX") ? priority + " " : "";
        return host + " " + ttlSeconds + " " + type + " " + preference + value;
    }

    private static String spelled(String type, String value) {
        if (TARGET_IS_NAME.contains(type)) {
            return DomainName.spelled(value);
        }
        return type.equals("AAAA") ? longForm(value) : value;
    }

    private static String longForm(String address) {
        return literal(address).map(InetAddress::getHostAddress).orElse(address);
    }

    private static Optional<InetAddress> literal(String address) {
        try {
            return Optional.of(InetAddress.ofLiteral(address.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
