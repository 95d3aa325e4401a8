package dev.hubferry.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds TCP ports on loopback that nobody listens on; never hands out the same one twice in a JVM. */
public final class FreePorts {
    private static final Set<Integer> GIVEN = new LinkedHashSet<>();

    private FreePorts() {}

    /** A port that is free on 127.0.0.1. */
    public static int next() {
        return next("127.0.0.1");
    }

    /**
     * A port that is free on every given address, for parts that share a port on distinct loopback addresses.
     *
     * @param addresses literal loopback addresses such as 127.0.0.2
     */
    public static synchronized int next(String... addresses) {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = anyPort(addresses[0]);
            if (isFree(port, addresses) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new TestbedException("no free port found on " + String.join(", ", addresses));
    }

    /** Whether nothing listens on the port of any of these addresses. */
    public static boolean isFree(int port, String... addresses) {
        for (String address : addresses) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    private static int anyPort(String address) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot bind to " + address, e);
        }
    }
}
