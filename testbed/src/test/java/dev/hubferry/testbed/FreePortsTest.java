package dev.hubferry.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void neverHandsOutAPortTwice() {
        // Given
        Set<Integer> ports = new HashSet<>();

        // When
        for (int i = 0; i < 50; i++) {
            ports.add(FreePorts.next("127.0.0.2", "127.0.0.3"));
        }

        // Then
        assertThat(ports).hasSize(50);
    }

    @Test
    void sawAListenerOnOneAddressOnly() throws Exception {
        // Given
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"))) {
            int port = listener.getLocalPort();

            // Then
            assertThat(FreePorts.isFree(port, "127.0.0.2")).isTrue();
            assertThat(FreePorts.isFree(port, "127.0.0.2", "127.0.0.3")).isFalse();
        }
    }
}
