package dev.hubferry.dns.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One zone connection. */
public interface ZoneConfig {
    /** The zone as it is registered, such as {@code example.org}. */
    String domain();

    /** The account at Namecheap that keeps the zone. */
    NamecheapConfig namecheap();

    /** The smallest time to live that a record may get; providers raise smaller ones without a word. */
    @WithDefault("PT60S")
    Duration shortestTtl();

    /** The largest time to live that a record may get. */
    @WithDefault("PT60000S")
    Duration longestTtl();

    /** Whether a zone may be written whose mail records the provider keeps by itself (Namecheap: OX, GMAIL); it may lose them. */
    @WithDefault("false")
    boolean allowManagedMail();

    /** Authoritative name servers as {@code ADDRESS} or {@code ADDRESS:PORT}; without any, the zone's NS records are looked up. */
    Optional<List<String>> nameServers();

    /** Who is asked for NS records, as {@code ADDRESS} or {@code ADDRESS:PORT}; without it, the system's resolver. */
    Optional<String> resolver();

    /** Hosts at which service records are looked for before and after a write; the provider's API does not show them. */
    @WithDefault(
            "_autodiscover._tcp,_caldavs._tcp,_carddavs._tcp,_imaps._tcp,_jabber._tcp,_matrix._tcp,"
                    + "_sip._tcp,_sip._tls,_sip._udp,_sipfederationtls._tcp,_submission._tcp,_xmpp-client._tcp,_xmpp-server._tcp")
    Set<String> serviceHosts();
}
