package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hubferry.testbed.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ReadyProbeTest {
    @Test
    void endsAsTheServiceSays() throws IOException {
        assertThat(probeOfServiceThatAnswers(200)).isZero();
        assertThat(probeOfServiceThatAnswers(503)).isEqualTo(1);
    }

    @Test
    void isNotReadyWhenNobodyListens() {
        assertThat(ReadyProbe.ask(Integer.toString(FreePorts.next()))).isEqualTo(1);
    }

    @Test
    void needsAPort() {
        assertThat(ReadyProbe.ask()).isEqualTo(2);
        assertThat(ReadyProbe.ask("http://elsewhere")).isEqualTo(2);
        assertThat(ReadyProbe.ask("8080", "8081")).isEqualTo(2);
    }

    private static int probeOfServiceThatAnswers(int status) throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        service.start();
        try {
            return ReadyProbe.ask(Integer.toString(service.getAddress().getPort()));
        } finally {
            service.stop(0);
        }
    }
}
