package dev.hubferry.fakes.namecheap;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** One authoritative name server on UDP and TCP, a configurable time behind the API. */
public final class FakeNameServer implements AutoCloseable {

    private static final int PORT_ATTEMPTS = 50;
    private static final int LARGEST_QUERY = 4_096;
    private static final int IDLE_MILLIS = 10_000;

    /** The two sockets of one server. */
    private record Sockets(DatagramSocket udp, ServerSocket tcp) {
        void close() {
            udp.close();
            try {
                tcp.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final FakeNamecheapConfig.NameServerConfig config;
    private final Sockets sockets;
    private final QueryAnswerer answerer;
    private final ExecutorService workers;

    private FakeNameServer(
            FakeNamecheapConfig.NameServerConfig config,
            Sockets sockets,
            QueryAnswerer answerer,
            ExecutorService workers) {
        this.config = config;
        this.sockets = sockets;
        this.answerer = answerer;
        this.workers = workers;
    }

    static List<FakeNameServer> startAll(FakeNamecheapConfig config, ZoneStore zones, ExecutorService workers) {
        List<Sockets> sockets = bindAll(config.nameServers().stream()
                .map(FakeNamecheapConfig.NameServerConfig::address)
                .toList());
        List<FakeNameServer> started = new ArrayList<>();
        for (int i = 0; i < sockets.size(); i++) {
            FakeNamecheapConfig.NameServerConfig server = config.nameServers().get(i);
            QueryAnswerer answerer = new QueryAnswerer(zones, config.nameServers(), server.lag());
            started.add(new FakeNameServer(server, sockets.get(i), answerer, workers));
        }
        started.forEach(FakeNameServer::serve);
        return List.copyOf(started);
    }

    /** The host name that the zones' NS records give this server. */
    public String name() {
        return config.name();
    }

    /** Where it listens, with UDP and TCP alike. */
    public InetSocketAddress address() {
        return new InetSocketAddress(
                sockets.udp().getLocalAddress(), sockets.udp().getLocalPort());
    }

    /** From now on this server is so late; what it has served already may come back. */
    public void lag(Duration lag) {
        answerer.lag(lag);
    }

    /** From now on this server behaves so. */
    public void behave(Behaviour behaviour) {
        answerer.behave(behaviour);
    }

    /** How many queries reached this server. */
    public int queries() {
        return answerer.queries();
    }

    /** How a name server treats queries. */
    public enum Behaviour {
        WELL,
        /** Never answers. */
        SILENT,
        /** Answers REFUSED. */
        REFUSING,
        /** Answers without the authoritative bit, as one that serves the zone from a cache. */
        LAME,
        /** Answers every query over UDP with the truncated bit set and no records. */
        TRUNCATING
    }

    @Override
    public void close() {
        sockets.close();
    }

    private void serve() {
        workers.execute(this::serveUdp);
        workers.execute(this::acceptTcp);
    }

    private void serveUdp() {
        byte[] buffer = new byte[LARGEST_QUERY];
        while (!sockets.udp().isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                sockets.udp().receive(packet);
                answerUdp(Arrays.copyOf(packet.getData(), packet.getLength()), packet);
            } catch (IOException e) {
                if (sockets.udp().isClosed()) {
                    return;
                }
            }
        }
    }

    private void answerUdp(byte[] query, DatagramPacket from) throws IOException {
        byte[] answer = answerer.overUdp(query);
        if (answer.length > 0) {
            sockets.udp().send(new DatagramPacket(answer, answer.length, from.getSocketAddress()));
        }
    }

    private void acceptTcp() {
        while (!sockets.tcp().isClosed()) {
            try {
                Socket connection = sockets.tcp().accept();
                workers.execute(() -> serveTcp(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serveTcp(Socket connection) {
        try (connection) {
            connection.setSoTimeout(IDLE_MILLIS);
            DataInputStream in = new DataInputStream(connection.getInputStream());
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            while (!sockets.tcp().isClosed()) {
                byte[] query = in.readNBytes(in.readUnsignedShort());
                byte[] answer = answerer.overTcp(query);
                if (answer.length == 0) {
                    return;
                }
                out.write(framed(answer));
                out.flush();
            }
        } catch (IOException e) {
            // The client has heard enough and hung up.
        }
    }

    private static byte[] framed(byte[] message) {
        byte[] framed = new byte[message.length + 2];
        framed[0] = (byte) (message.length >>> 8);
        framed[1] = (byte) message.length;
        System.arraycopy(message, 0, framed, 2, message.length);
        return framed;
    }

    /** Binds every address on one port that is free on all of them, for UDP and TCP. */
    private static List<Sockets> bindAll(List<String> addresses) {
        IOException last = new IOException("no name servers configured");
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            List<Sockets> bound = new ArrayList<>();
            try {
                int port = 0;
                for (String address : addresses) {
                    Sockets sockets = bind(InetAddress.ofLiteral(address), port);
                    bound.add(sockets);
                    port = sockets.tcp().getLocalPort();
                }
                return bound;
            } catch (IOException e) {
                bound.forEach(Sockets::close);
                last = e;
            }
        }
        throw new UncheckedIOException("no port is free on all of " + addresses, last);
    }

    private static Sockets bind(InetAddress address, int port) throws IOException {
        ServerSocket tcp = new ServerSocket(port, 50, address);
        try {
            return new Sockets(new DatagramSocket(tcp.getLocalPort(), address), tcp);
        } catch (IOException e) {
            tcp.close();
            throw e;
        }
    }
}
