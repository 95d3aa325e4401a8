package dev.hubferry.orchestrator.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final AddressGuard NOTHING_ALLOWED = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The first and the last of each range.
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.169.254",
                "169.254.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.0",
                "192.0.0.255",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.0",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "::8.8.8.8",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::8.8.8.8",
                "100::1",
                "1fff::1",
                "2001::1",
                "2001:1ff::1",
                "2001:db8::1",
                "2002:0a00:1::1",
                "2002:808:808::1",
                "3fff::1",
                "4000::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesWhatIsNotPublic(String address) {
        assertThat(NOTHING_ALLOWED.refusal(InetAddress.ofLiteral(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Right beside the ranges.
                "1.0.0.0",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "191.255.255.255",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "198.51.99.255",
                "203.0.112.255",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "2000::1",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2003::1",
                "2606:4700::1111",
                "3ffe::1"
            })
    void letsPublicAddressesBe(String address) {
        assertThat(NOTHING_ALLOWED.refusal(InetAddress.ofLiteral(address))).isEmpty();
    }

    @Test
    void looksIntoAddressesThatJavaLeavesAsTheyAre() throws UnknownHostException {
        byte[] mapped = new byte[16];
        Arrays.fill(mapped, 10, 12, (byte) 0xff);
        mapped[12] = 10;
        mapped[15] = 1;
        assertThat(NOTHING_ALLOWED.refusal(Inet6Address.getByAddress("x", mapped, 0)))
                .isPresent();
    }

    @Test
    void saysWhatAnAddressIs() {
        assertThat(NOTHING_ALLOWED.refusal(InetAddress.ofLiteral("169.254.169.254")))
                .hasValue("169.254.169.254 is link-local, where clouds have their metadata (169.254.0.0/16)");
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16,  10.20.255.255,    true",
        "10.20.0.0/16,  10.21.0.0,        false",
        "10.20.0.0/16,  192.168.0.1,      false",
        "10.20.3.4/32,  10.20.3.4,        true",
        "10.20.3.4/32,  10.20.3.5,        false",
        "10.20.0.0/16,  64:ff9b::10.20.0.1, true",
        "64:ff9b::/96,  64:ff9b::10.20.0.1, true",
        "fd12:3456::/32, fd12:3456:1::1,  true",
        "fd12:3456::/32, fd12:3457::1,    false",
        "0.0.0.0/0,     127.0.0.1,        true",
        "0.0.0.0/0,     ::1,              false",
    })
    void allowsRangesThatWereNamed(String range, String address, boolean allowed) {
        AddressGuard guard = new AddressGuard(List.of(IpRange.of(range)));
        assertThat(guard.refusal(InetAddress.ofLiteral(address)).isEmpty()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0,       no range of addresses",
        "10.20/16,        no range of addresses",
        "10.20.0.0/33,    no range of addresses",
        "10.20.0.0/-1,    no range of addresses",
        "10.20.0.0/x,     no range of addresses",
        "fd12::/129,      no range of addresses",
        "10.20.0.1/16,    has bits behind its first 16",
        "example.org/16,  Invalid",
    })
    void knowsNoOtherRanges(String text, String message) {
        assertThatThrownBy(() -> IpRange.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
