package dev.hubferry.k8s.adapter.fabric8;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Fails every request with a message that has the request's credentials in it, as some proxies do. */
final class EchoingServer implements AutoCloseable {
    private final HttpServer http;
    private volatile String heard = "";

    EchoingServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            heard = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = """
                    {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 500, "message": "refused: %s"}
                    """.formatted(heard).getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(500, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** The credentials that were sent last. */
    String heard() {
        return heard;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
