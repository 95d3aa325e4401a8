package dev.hubferry.dns.adapter.dnsjava;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.ResolverConfig;

/** Reads where a name server listens. */
public final class Endpoint {

    public static final int DNS_PORT = 53;
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]+)\\](?::(\\d{1,5}))?");
    private static final Pattern IPV4 = Pattern.compile("([0-9.]+)(?::(\\d{1,5}))?");

    private Endpoint() {}

    /**
     * Reads {@code 192.0.2.1}, {@code 192.0.2.1:5300}, {@code 2001:db8::1} or {@code [2001:db8::1]:5300}.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public static InetSocketAddress parse(String text) {
        for (Pattern pattern : new Pattern[] {BRACKETED, IPV4}) {
            Matcher matcher = pattern.matcher(text.strip());
            if (matcher.matches()) {
                int port = matcher.group(2) == null ? DNS_PORT : Integer.parseInt(matcher.group(2));
                return new InetSocketAddress(InetAddress.ofLiteral(matcher.group(1)), port);
            }
        }
        return new InetSocketAddress(InetAddress.ofLiteral(text.strip()), DNS_PORT);
    }

    /**
     * The first resolver that this machine is configured with.
     *
     * @throws IllegalStateException when there is none
     */
    public static InetSocketAddress systemResolver() {
        return ResolverConfig.getCurrentConfig().servers().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this machine has no DNS resolver configured"));
    }
}
