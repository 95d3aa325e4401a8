package dev.hubferry.bench.homes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Passes on TCP connections and lets each of them have only so much, in each direction.
 *
 * <p>It listens on the host's own address and connects from the client's, so that the host sees who comes.
 */
final class CappedRelay implements AutoCloseable {
    /** Small, so that little more than the rate ever hides in buffers. */
    private static final int SOCKET_BUFFER = 64 * 1024;

    private static final int CHUNK = 16 * 1024;

    private final Endpoint host;
    private final double bytesPerSecond;
    private final Pace pace;
    private final ServerSocket listener;
    private final LongAdder bytes = new LongAdder();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private CappedRelay(Endpoint host, double bytesPerSecond, Pace pace, ServerSocket listener) {
        this.host = host;
        this.bytesPerSecond = bytesPerSecond;
        this.pace = pace;
        this.listener = listener;
    }

    /** A clock and how to wait by it. */
    interface Pace {
        Pace REAL = new Pace() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause(long nanos) throws InterruptedException {
                Thread.sleep(Duration.ofNanos(nanos));
            }
        };

        long nanos();

        void pause(long nanos) throws InterruptedException;
    }

    /** Starts a relay to this host. */
    static CappedRelay start(Endpoint host, double bytesPerSecond, Pace pace) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReceiveBufferSize(SOCKET_BUFFER);
            listener.bind(new InetSocketAddress(host.address(), 0));
            CappedRelay relay = new CappedRelay(host, bytesPerSecond, pace, listener);
            Thread.ofVirtual().name("relay").start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + host.address(), e);
        }
    }

    /** Where it listens. */
    Endpoint endpoint() {
        return new Endpoint(host.address(), listener.getLocalPort());
    }

    /** Bytes that were passed on so far, in both directions of all connections. */
    long bytes() {
        return bytes.sum();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the relay to " + host, e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().name("relay").start(() -> serve(client));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void serve(Socket client) {
        Socket server = new Socket();
        List<Socket> both = List.of(client, server);
        open.addAll(both);
        try (client;
                server) {
            connect(client, server);
            Thread back = Thread.ofVirtual().name("relay").start(() -> pass(server, client));
            pass(client, server);
            back.join();
        } catch (IOException e) {
            // The host does not answer, which the client sees by its connection's end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.removeAll(both);
        }
    }

    private void connect(Socket client, Socket server) throws IOException {
        client.setTcpNoDelay(true);
        client.setSendBufferSize(SOCKET_BUFFER);
        server.setTcpNoDelay(true);
        server.setReceiveBufferSize(SOCKET_BUFFER);
        server.setSendBufferSize(SOCKET_BUFFER);
        server.bind(new InetSocketAddress(client.getInetAddress(), 0));
        server.connect(new InetSocketAddress(host.address(), host.port()));
    }

    /** One direction, until its end or the end of either side. */
    private void pass(Socket from, Socket to) {
        TokenBucket bucket = new TokenBucket(bytesPerSecond, CHUNK, pace.nanos());
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                long wait = bucket.take(read, pace.nanos());
                if (wait > 0) {
                    pace.pause(wait);
                }
                out.write(chunk, 0, read);
                bytes.add(read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side is gone; the other learns it.
            closeBoth(from, to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeBoth(Socket one, Socket other) {
        try (one;
                other) {
            // Only closed.
        } catch (IOException e) {
            // Then it was closed already.
        }
    }
}
