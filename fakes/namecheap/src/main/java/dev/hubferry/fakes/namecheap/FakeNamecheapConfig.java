package dev.hubferry.fakes.namecheap;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a {@link FakeNamecheap} is set up; start from {@link #defaults()}.
 *
 * @param apiAddress loopback address of the HTTP API; its port is chosen
 * @param account whom the API lets in
 * @param minimumTtl lowest TTL in seconds that a record gets, whatever is sent; 60 at Namecheap
 * @param nameServers the authoritative servers, on distinct loopback addresses; all get the same chosen port
 * @param limits how many calls the API takes before it answers HTTP 405
 * @param clock tells the age of calls and of zone versions
 */
public record FakeNamecheapConfig(
        String apiAddress,
        Account account,
        int minimumTtl,
        List<NameServerConfig> nameServers,
        Limits limits,
        Clock clock) {

    /** The API user and the addresses that it may call from. */
    public record Account(String apiUser, String apiKey, String userName, Set<String> allowedClientIps) {
        public Account {
            allowedClientIps = Set.copyOf(allowedClientIps);
        }

        @Override
        public String toString() {
            return "Account[apiUser=" + apiUser + ", apiKey=***]";
        }
    }

    /**
     * One authoritative server.
     *
     * @param address loopback address
     * @param name its host name, as in the zones' NS records
     * @param lag how long after the API this server starts to serve a change
     */
    public record NameServerConfig(String address, String name, Duration lag) {}

    /** Calls per API user in a sliding minute, hour and day. */
    public record Limits(int perMinute, int perHour, int perDay) {
        /** Those of the real API. */
        public static final Limits NAMECHEAP = new Limits(20, 700, 8_000);

        public static final Limits NONE = new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    public FakeNamecheapConfig {
        nameServers = List.copyOf(nameServers);
    }

    /** Namecheap's floor and limits; servers on 127.0.0.4 and 127.0.0.5 that lag a second. */
    public static FakeNamecheapConfig defaults() {
        return new FakeNamecheapConfig(
                "127.0.0.1",
                new Account("ferry", "not-a-real-key", "ferry", Set.of("127.0.0.1")),
                60,
                List.of(
                        new NameServerConfig("127.0.0.4", "dns1.registrar-servers.test", Duration.ofSeconds(1)),
                        new NameServerConfig("127.0.0.5", "dns2.registrar-servers.test", Duration.ofSeconds(1))),
                Limits.NAMECHEAP,
                Clock.systemUTC());
    }

    public FakeNamecheapConfig withAccount(Account replacement) {
        return new FakeNamecheapConfig(apiAddress, replacement, minimumTtl, nameServers, limits, clock);
    }

    public FakeNamecheapConfig withMinimumTtl(int seconds) {
        return new FakeNamecheapConfig(apiAddress, account, seconds, nameServers, limits, clock);
    }

    public FakeNamecheapConfig withNameServers(List<NameServerConfig> replacement) {
        return new FakeNamecheapConfig(apiAddress, account, minimumTtl, replacement, limits, clock);
    }

    /** The same servers, all lagging the API by {@code lag}. */
    public FakeNamecheapConfig withLag(Duration lag) {
        return withNameServers(nameServers.stream()
                .map(server -> new NameServerConfig(server.address(), server.name(), lag))
                .toList());
    }

    public FakeNamecheapConfig withLimits(Limits replacement) {
        return new FakeNamecheapConfig(apiAddress, account, minimumTtl, nameServers, replacement, clock);
    }

    public FakeNamecheapConfig withClock(Clock replacement) {
        return new FakeNamecheapConfig(apiAddress, account, minimumTtl, nameServers, limits, replacement);
    }
}
