package dev.hubferry.sandbox.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a hub reads from its Secret: the key that signs its users' cookies, and the tokens of its services. */
final class HubKeys {
    private static final String COOKIE_SECRET = "hub.config.JupyterHub.cookie_secret";

    private final byte[] cookieSecret;
    private final Set<String> serviceTokens;

    private HubKeys(byte[] cookieSecret, Set<String> serviceTokens) {
        this.cookieSecret = cookieSecret;
        this.serviceTokens = Set.copyOf(serviceTokens);
    }

    /** Reads the mounted Secret. */
    static HubKeys in(Path secret) {
        try (Stream<Path> files = Files.list(secret)) {
            Set<String> tokens = new HashSet<>();
            for (Path file : files.toList()) {
                if (file.getFileName().toString().matches("hub\\.services\\..*\\.apiToken")) {
                    tokens.add(Files.readString(file).strip());
                }
            }
            return new HubKeys(Files.readAllBytes(secret.resolve(COOKIE_SECRET)), tokens);
        } catch (IOException e) {
            throw new UncheckedIOException("the hub cannot read its Secret", e);
        }
    }

    boolean isServiceToken(String token) {
        byte[] given = token.getBytes(StandardCharsets.UTF_8);
        return serviceTokens.stream()
                .anyMatch(known -> MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8), given));
    }

    /** A cookie that stays good as long as the cookie secret and the user's cookie id stay the same. */
    String cookie(HubStore.User user) {
        String name = HexFormat.of().formatHex(user.name().getBytes(StandardCharsets.UTF_8));
        return name + "." + sign(user.name() + "\0" + user.cookieId());
    }

    /** The name in a cookie, before its signature is checked; empty when it is none of ours. */
    static Optional<String> nameIn(String cookie) {
        int dot = cookie.indexOf('.');
        try {
            return dot < 1
                    ? Optional.empty()
                    : Optional.of(
                            new String(HexFormat.of().parseHex(cookie.substring(0, dot)), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(cookieSecret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
