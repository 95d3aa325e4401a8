package dev.hubferry.orchestrator.api.limit;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What an address counts as: itself, and with IPv6 its network of 64 bits, of which one client has all addresses. */
final class Networks {
    private static final int IPV6_BYTES = 16;
    private static final int NETWORK_BYTES = 8;

    private Networks() {}

    /** @param address null when the connection is gone by now */
    static String of(@Nullable String address) {
        byte @Nullable [] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return "unknown";
        }
        try {
            // Makes an IPv4 address of one that is mapped into IPv6.
            byte[] known = InetAddress.getByAddress(bytes).getAddress();
            return HexFormat.of().formatHex(known.length == IPV6_BYTES ? Arrays.copyOf(known, NETWORK_BYTES) : known);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address is of 4 or 16 bytes", e);
        }
    }
}
