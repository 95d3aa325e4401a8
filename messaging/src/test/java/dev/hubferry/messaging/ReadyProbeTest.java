package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.hubferry.testbed.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReadyProbeTest {
    @Test
    void saysWhatTheServiceSaysAndFailsUnlessThatIsReady() throws IOException {
        assertThat(askServiceThatAnswers(200, "all is well")).isEqualTo("all is well");
        assertThatThrownBy(() -> askServiceThatAnswers(503, "no database"))
                .hasMessageContaining("answers 503")
                .hasMessageContaining("no database");
    }

    @Test
    void failsWhenNobodyListens() {
        assertThatThrownBy(() -> ReadyProbe.ask(Integer.toString(FreePorts.next())))
                .hasMessageContaining("does not answer");
    }

    @Test
    void needsAPort() {
        for (String[] wrong : new String[][] {{}, {"http://elsewhere"}, {"8080", "8081"}}) {
            assertThatThrownBy(() -> ReadyProbe.ask(wrong)).hasMessageContaining("one argument, the port");
        }
    }

    private static String askServiceThatAnswers(int status, String said) throws IOException {
        byte[] body = said.getBytes(StandardCharsets.UTF_8);
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
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
