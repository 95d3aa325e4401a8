package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalInt;

/**
 * One record of a zone, as people read it.
 *
 * @param host relative to the zone, lower case, {@code @} for the apex
 * @param type such as {@code A} or {@code CNAME}
 * @param value the address or target, without a trailing dot
 * @param ttlSeconds time to live in seconds
 * @param priority of MX records
 */
public record DnsRecord(
        String host,
        String type,
        String value,
        long ttlSeconds,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt priority) {
    public DnsRecord {
        Require.text(host, "host");
        Require.text(type, "type");
        Require.text(value, "value");
        Require.notNegative(ttlSeconds, "ttlSeconds");
        priority = priority == null ? OptionalInt.empty() : priority;
    }
}
