package dev.hubferry.contracts;

import java.util.Locale;

/**
 * Where a cluster lets users in.
 *
 * @param kind whether DNS needs an A or AAAA record, or a CNAME
 * @param value the address or the hostname in lower case, without a trailing dot
 */
public record IngressAddress(Kind kind, String value) {
    public IngressAddress {
        Require.present(kind, "kind");
        Require.text(value, "value");
        String lower = value.toLowerCase(Locale.ROOT);
        value = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** What a load balancer gives out. */
    public enum Kind {
        IPV4,
        IPV6,
        HOSTNAME
    }
}
