package dev.hubferry.fakes.namecheap;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * A running Namecheap: one HTTP API and its authoritative name servers, all on loopback.
 *
 * <pre>
 *   setHosts ──► zone (current) ──lag of server 1──► name server 1, UDP + TCP
 *   getHosts ◄──┘        └────────lag of server 2──► name server 2, UDP + TCP
 * </pre>
 */
public final class FakeNamecheap implements AutoCloseable {

    private final HttpServer http;
    private final ExecutorService workers;
    private final ApiHandler api;
    private final ZoneStore zones;
    private final List<FakeNameServer> nameServers;

    private FakeNamecheap(
            HttpServer http,
            ExecutorService workers,
            ApiHandler api,
            ZoneStore zones,
            List<FakeNameServer> nameServers) {
        this.http = http;
        this.workers = workers;
        this.api = api;
        this.zones = zones;
        this.nameServers = nameServers;
    }

    /**
     * Starts all servers on chosen free ports.
     *
     * @throws UncheckedIOException when an address cannot be bound
     */
    public static FakeNamecheap start(FakeNamecheapConfig config) {
        ZoneStore zones = new ZoneStore(config.clock());
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        List<FakeNameServer> nameServers = FakeNameServer.startAll(config, zones, workers);
        try {
            ApiHandler api = new ApiHandler(config, zones);
            HttpServer http = HttpServer.create(new InetSocketAddress(config.apiAddress(), 0), 0);
            http.createContext("/", api);
            http.setExecutor(workers);
            http.start();
            return new FakeNamecheap(http, workers, api, zones, nameServers);
        } catch (IOException e) {
            nameServers.forEach(FakeNameServer::close);
            workers.shutdownNow();
            throw new UncheckedIOException("cannot serve the API on " + config.apiAddress(), e);
        }
    }

    /** Where calls are posted: {@code http://ADDRESS:PORT/xml.response}. */
    public URI apiUrl() {
        InetSocketAddress address = http.getAddress();
        return URI.create(
                "http://%s:%d/xml.response".formatted(address.getAddress().getHostAddress(), address.getPort()));
    }

    /** The authoritative servers, in the order of the configuration. */
    public List<FakeNameServer> nameServers() {
        return nameServers;
    }

    /** Puts a zone in place, replacing one of that name; the name servers serve it at once. */
    public void seed(FakeZone zone) {
        zones.seed(zone);
    }

    /** The zone as the API would answer it now. */
    public FakeZone zone(String domain) {
        return zones.current(domain).orElseThrow(() -> new IllegalArgumentException("no zone " + domain));
    }

    /** Somebody else edits the zone; the name servers follow with their lag. */
    public void edit(String domain, UnaryOperator<FakeZone> change) {
        zones.update(domain, change);
    }

    /** How many writes and edits of any zone left it other than it was, so that a test can see that nothing was changed twice. */
    public int changes() {
        return zones.changes();
    }

    /** What is to go wrong. */
    public Faults faults() {
        return api.faults();
    }

    /** How many calls of this command passed the account's check, those that failed by an injected fault included. */
    public int calls(ApiCommand command) {
        return api.calls(command);
    }

    /** Ends pending time-outs and frees all ports. */
    @Override
    public void close() {
        api.close();
        http.stop(0);
        nameServers.forEach(FakeNameServer::close);
        workers.shutdownNow();
    }
}
