package dev.hubferry.dns.adapter.namecheap;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.dns.domain.DnsAccessException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where and as whom the API is called.
 *
 * @param url https, or http on loopback
 * @param keyFile holds the API key and nothing else; read for every call, so that it can be replaced
 * @param clientIp the IPv4 address that the account allows this service to call from
 */
public record NamecheapAccount(URI url, String apiUser, String userName, Path keyFile, String clientIp) {

    public NamecheapAccount {
        if (!"https".equals(url.getScheme()) && !("http".equals(url.getScheme()) && isLoopback(url.getHost()))) {
            throw new IllegalArgumentException("the API key may travel only over https, but the URL is " + url);
        }
    }

    /**
     * The API key.
     *
     * @throws DnsAccessException when the file cannot be read or is empty
     */
    String readKey() {
        try {
            String key = Files.readString(keyFile).strip();
            if (!key.isEmpty()) {
                return key;
            }
        } catch (IOException e) {
            throw new DnsAccessException(ErrorCode.DNS_AUTH_FAILED, "cannot read the API key file " + keyFile, e);
        }
        throw new DnsAccessException(ErrorCode.DNS_AUTH_FAILED, "the API key file " + keyFile + " is empty");
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return host.equals("localhost");
        }
    }
}
