package dev.hubferry.bench.homes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sockets, and a clock that only the relay's own pauses move. */
@Timeout(60)
class CappedRelayTest {
    private static final int BYTES_PER_SECOND = 1_000_000;
    private static final int SENT = 3_000_000;
    private static final double SECOND = 1e9;

    private final FakePace pace = new FakePace();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private ServerSocket host;
    private CappedRelay relay;

    @BeforeEach
    void start() throws IOException {
        host = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.2"));
        relay = CappedRelay.start(new Endpoint("127.0.0.2", host.getLocalPort()), BYTES_PER_SECOND, pace);
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        host.close();
        threads.close();
    }

    @Test
    void passesBytesOnAtTheRateAndNotFaster() throws Exception {
        // Given
        byte[] sent = new byte[SENT];
        new Random(1).nextBytes(sent);
        Future<byte[]> received = threads.submit(() -> {
            try (Socket accepted = host.accept()) {
                return accepted.getInputStream().readAllBytes();
            }
        });

        // When
        try (Socket client = connect("127.0.0.3")) {
            client.getOutputStream().write(sent);
            client.shutdownOutput();
            assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(sent);
        }

        // Then: but for the burst at the beginning
        assertThat(pace.paused() / SECOND).isBetween(2.9, 3.0);
        assertThat(relay.bytes()).isEqualTo(SENT);
    }

    @Test
    void capsEachConnectionForItself() throws Exception {
        // When
        fetch();
        double one = pace.paused() / SECOND;
        fetch();
        double two = pace.paused() / SECOND;

        // Then
        assertThat(one).isBetween(2.9, 3.0);
        assertThat(two - one).isBetween(2.9, 3.0);
    }

    @Test
    void connectsFromTheClientsAddress() throws Exception {
        // When
        try (Socket client = connect("127.0.0.3");
                Socket accepted = host.accept()) {
            // Then
            assertThat(accepted.getInetAddress()).isEqualTo(client.getLocalAddress());
        }
    }

    @Test
    void endsAConnectionWhoseHostIsGone() throws Exception {
        // Given
        host.close();

        // When
        try (Socket client = connect("127.0.0.3")) {
            // Then
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** The host sends and the client reads. */
    private void fetch() throws Exception {
        Future<?> sender = threads.submit(() -> {
            try (Socket accepted = host.accept()) {
                accepted.getOutputStream().write(new byte[SENT]);
            }
            return null;
        });
        try (Socket client = connect("127.0.0.3");
                InputStream in = client.getInputStream()) {
            assertThat(in.readAllBytes()).hasSize(SENT);
        }
        sender.get(30, TimeUnit.SECONDS);
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(
                relay.endpoint().address(), relay.endpoint().port()));
        return socket;
    }

    private static final class FakePace implements CappedRelay.Pace {
        private final AtomicLong now = new AtomicLong();

        @Override
        public long nanos() {
            return now.get();
        }

        @Override
        public void pause(long nanos) {
            now.addAndGet(nanos);
        }

        long paused() {
            return now.get();
        }
    }
}
