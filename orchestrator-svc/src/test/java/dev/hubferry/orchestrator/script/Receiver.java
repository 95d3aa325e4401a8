package dev.hubferry.orchestrator.script;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver of webhooks on a socket, which takes everything or does whatever a test wants. It knows nothing of how Hubferry signs. */
public final class Receiver implements AutoCloseable {
    /** Of 24 bytes, for tests only. */
    public static final String SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("for-tests-only-24-bytes!".getBytes(UTF_8));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerSocket server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Behaviour behaviour = (_, _) -> answer(200);

    /** What the receiver says to a request. */
    @FunctionalInterface
    public interface Behaviour {
        /** @return bytes to write before the connection is closed */
        String answer(Received request, Socket socket) throws Exception;
    }

    /** @param headers with names in lower case */
    public record Received(String target, Map<String, String> headers, String body) {
        public JsonNode event() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(body, e);
            }
        }

        public String id() {
            return String.valueOf(headers.get("webhook-id"));
        }

        /** Whether one of the signatures is right, as the specification says that it is checked. */
        public boolean isSignedWith(String secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.split("_", 2)[1]), "HmacSHA256"));
                String signed = id() + "." + headers.get("webhook-timestamp") + "." + body;
                String right = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
                return Arrays.asList(
                                String.valueOf(headers.get("webhook-signature")).split(" ", -1))
                        .contains(right);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @param server bound already */
    public Receiver(ServerSocket server) {
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    /** One on 127.0.0.1. */
    public static Receiver start() {
        return on("127.0.0.1", 0);
    }

    public static Receiver on(String address, int port) {
        try {
            return new Receiver(new ServerSocket(port, 50, InetAddress.ofLiteral(address)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    /** How often somebody has connected. */
    public int connections() {
        return connections.get();
    }

    /** In the order in which they came, whatever was answered. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    public void does(Behaviour wanted) {
        behaviour = wanted;
    }

    /** Says nothing until the receiver is closed. */
    public void hangs() {
        behaviour = (_, _) -> {
            closed.await();
            return "";
        };
    }

    public void answers(int status) {
        behaviour = (_, _) -> answer(status);
    }

    /** @param headers whole lines */
    public static String answer(int status, String... headers) {
        return "HTTP/1.1 %d X\r\n%sContent-Length: 0\r\n\r\n"
                .formatted(
                        status,
                        String.join(
                                "",
                                Arrays.stream(headers)
                                        .map(header -> header + "\r\n")
                                        .toList()));
    }

    public static String answerWith(int status, String body) {
        return "HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Received request = read(socket.getInputStream());
            received.add(request);
            socket.getOutputStream().write(behaviour.answer(request, socket).getBytes(UTF_8));
            socket.getOutputStream().flush();
        } catch (Exception e) {
            // The sender has gone, or the test has.
        } finally {
            open.remove(socket);
        }
    }

    private static Received read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
        }
        String[] lines = head.toString(ISO_8859_1).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Received(lines[0].split(" ", -1)[1], headers, new String(in.readNBytes(length), UTF_8));
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
