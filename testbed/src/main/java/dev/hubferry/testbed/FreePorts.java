package dev.hubferry.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds TCP ports on loopback that nobody listens on; never hands out the same one twice in a JVM. */
public final class FreePorts {
    /** Below those that the system gives to outgoing connections, which would take a port before its user has bound it. */
    private static final int FIRST = 15_000;

    private static final int LAST = 32_000;
    /** Another JVM that chooses at the same time hardly ever chooses the same. */
    private static final SecureRandom RANDOM = new SecureRandom();

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
            int port = FIRST + RANDOM.nextInt(LAST - FIRST + 1);
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
}
