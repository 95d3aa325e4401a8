package dev.hubferry.orchestrator.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Addresses of one family that begin with the same bits, such as {@code 10.0.0.0/8}. */
public final class IpRange {
    private final String text;
    private final byte[] network;
    private final int bits;

    private IpRange(String text, byte[] network, int bits) {
        this.text = text;
        this.network = network;
        this.bits = bits;
    }

    /** @throws IllegalArgumentException says how a range looks */
    public static IpRange of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw notOne(text);
        }
        try {
            InetAddress address = InetAddress.ofLiteral(text.substring(0, slash));
            int bits = Integer.parseInt(text.substring(slash + 1));
            byte[] network = address.getAddress();
            boolean shortened =
                    address instanceof Inet4Address && !address.getHostAddress().equals(text.substring(0, slash));
            if (shortened || bits < 0 || bits > network.length * Byte.SIZE) {
                throw notOne(text);
            }
            IpRange range = new IpRange(text, network, bits);
            if (!range.endsInZeros()) {
                throw new IllegalArgumentException("'" + text + "' has bits behind its first " + bits
                        + ": write the range's first address, or a larger number behind the slash");
            }
            return range;
        } catch (NumberFormatException e) {
            throw notOne(text);
        }
    }

    static IpRange of(byte[] network, int bits) {
        return new IpRange("/" + bits, network.clone(), bits);
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no range of addresses: write it like 10.20.0.0/16, fd12:3456::/32 or 10.20.3.4/32");
    }

    private boolean endsInZeros() {
        for (int bit = bits; bit < network.length * Byte.SIZE; bit++) {
            if (bit(network, bit)) {
                return false;
            }
        }
        return true;
    }

    /** @param address its bytes, 4 or 16 */
    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (bit(address, bit) != bit(network, bit)) {
                return false;
            }
        }
        return true;
    }

    private static boolean bit(byte[] bytes, int at) {
        return (bytes[at / Byte.SIZE] >> (Byte.SIZE - 1 - at % Byte.SIZE) & 1) == 1;
    }

    @Override
    public String toString() {
        return text;
    }
}
