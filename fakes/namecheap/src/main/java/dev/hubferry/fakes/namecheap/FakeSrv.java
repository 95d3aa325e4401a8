package dev.hubferry.fakes.namecheap;

/**
 * A service record: the name servers serve it, the API neither shows nor accepts it.
 *
 * @param host relative to the zone, for example {@code "_sip._tls"}
 * @param target fully qualified
 * @param ttl seconds
 */
public record FakeSrv(String host, int priority, int weight, int port, String target, int ttl) {}
