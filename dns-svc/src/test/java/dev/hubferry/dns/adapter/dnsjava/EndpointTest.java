package dev.hubferry.dns.adapter.dnsjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointTest {

    @Test
    void readsAddressesWithAndWithoutPort() {
        // Given, When, Then
        assertThat(Endpoint.parse("192.0.2.1")).isEqualTo(new InetSocketAddress("192.0.2.1", 53));
        assertThat(Endpoint.parse(" 127.0.0.4:5300 ")).isEqualTo(new InetSocketAddress("127.0.0.4", 5300));
        assertThat(Endpoint.parse("2001:db8::1")).isEqualTo(new InetSocketAddress("2001:db8::1", 53));
        assertThat(Endpoint.parse("[2001:db8::1]:5300")).isEqualTo(new InetSocketAddress("2001:db8::1", 5300));
    }

    @Test
    void refusesNamesAndNonsense() {
        // Given, When, Then
        for (String text : List.of("dns1.example.net", "", "127.0.0.4:", "127.0.0.4:99999", "[::1")) {
            assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
