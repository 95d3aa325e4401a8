package dev.hubferry.sandbox.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One GET over a new connection, with the hub's public name as Host.
 *
 * <p>A connection that was opened before would keep on seeing a front door that lets nobody else in; and the JDK's client
 * does not let the Host be chosen.
 */
final class FrontDoorLook {
    /**
     * What was seen.
     *
     * @param status 0 when nothing answered in time
     * @param hub from the header X-Hub
     */
    record Seen(int status, String hub) {}

    private static final Seen NOTHING = new Seen(0, "");

    private final String host;
    private final Duration limit;

    FrontDoorLook(String host, Duration limit) {
        this.host = host;
        this.limit = limit;
    }

    Seen look(URI door) {
        int millis = Math.toIntExact(limit.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(door.getHost(), door.getPort()), millis);
            socket.setSoTimeout(millis);
            String request = "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(door.getPath(), host);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            return parse(in);
        } catch (IOException | NumberFormatException e) {
            return NOTHING;
        }
    }

    private static Seen parse(BufferedReader in) throws IOException {
        String status = in.readLine();
        if (status == null || !status.startsWith("HTTP/1.") || status.length() < 12) {
            return NOTHING;
        }
        String hub = "";
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("x-hub:")) {
                hub = line.substring("x-hub:".length()).strip();
            }
        }
        return new Seen(Integer.parseInt(status.substring(9, 12)), hub);
    }
}
