package dev.hubferry.sandbox.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hubferry.fakes.namecheap.FakeNamecheap;
import dev.hubferry.fakes.namecheap.FakeNamecheapConfig;
import dev.hubferry.fakes.namecheap.FakeRecord;
import dev.hubferry.fakes.namecheap.FakeZone;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProberTest {
    private static final String OLD = "127.0.1.1";
    private static final String NEW = "127.0.2.1";
    private static final String HUB = "astro.example.org";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final int port = FreePorts.next(OLD, NEW);
    private final AtomicInteger oldStatus = new AtomicInteger(200);
    private FakeNamecheap namecheap;
    private HttpServer oldDoor;
    private HttpServer newDoor;
    private Prober prober;

    @BeforeEach
    void start() throws IOException {
        namecheap = FakeNamecheap.start(FakeNamecheapConfig.defaults().withLag(Duration.ZERO));
        namecheap.seed(FakeZone.of("example", "org").with(FakeRecord.a("astro", OLD, 60)));
        oldDoor = door(OLD, "old", oldStatus);
        newDoor = door(NEW, "new", new AtomicInteger(200));
        List<InetSocketAddress> servers =
                namecheap.nameServers().stream().map(server -> server.address()).toList();
        prober = Prober.start(new Prober.Options(
                HUB,
                servers,
                Prober.samePort(port, Map.of()),
                directory.resolve("prober.jsonl"),
                Duration.ofMillis(50),
                Duration.ofSeconds(30),
                Clock.systemUTC()));
    }

    @AfterEach
    void stop() {
        prober.close();
        oldDoor.stop(0);
        newDoor.stop(0);
        namecheap.close();
    }

    @Test
    void measuresTheTimeFromTheLastAnswerOfTheOldHubToTheFirstOfTheNew() {
        // Given
        awaitHub("old", 200);
        oldStatus.set(503);
        awaitHub("old", 503);

        // When
        namecheap.seed(FakeZone.of("example", "org").with(FakeRecord.a("astro", NEW, 60)));
        awaitHub("new", 200);
        prober.close();

        // Then
        List<Sample> samples = Downtime.read(directory.resolve("prober.jsonl"));
        assertThat(samples.getFirst().address()).isEqualTo(OLD);
        assertThat(samples.getLast().address()).isEqualTo(NEW);
        assertThat(Downtime.outages(samples)).hasSize(1);
        assertThat(Downtime.seconds(samples)).isGreaterThanOrEqualTo(0.05);
    }

    @Test
    void seesADoorThatIsGone() {
        // Given
        awaitHub("old", 200);

        // When
        oldDoor.stop(0);

        // Then
        Await.until(
                "a look that nobody answered",
                LIMIT,
                () -> prober.latest().status() == 0 && prober.latest().address().equals(OLD));
    }

    @Test
    void seesANameThatDoesNotResolve() {
        // Given
        awaitHub("old", 200);

        // When
        namecheap.seed(FakeZone.of("example", "org").with(FakeRecord.a("other", NEW, 60)));

        // Then
        Await.until(
                "a look without an address",
                LIMIT,
                () -> prober.latest().address().isEmpty());
        assertThat(prober.latest().reached()).isFalse();
    }

    private void awaitHub(String hub, int status) {
        Await.until(hub + " to answer " + status, LIMIT, () -> {
            Sample latest = prober.latest();
            return latest.hub().equals(hub) && latest.status() == status;
        });
    }

    private HttpServer door(String address, String hub, AtomicInteger status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
        server.createContext("/", exchange -> {
            boolean named = HUB.equals(exchange.getRequestHeaders().getFirst("Host"));
            exchange.getResponseHeaders().set("X-Hub", hub);
            exchange.sendResponseHeaders(named ? status.get() : 404, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
