package dev.hubferry.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/**
 * An OpenID Connect issuer on loopback, as far as a service asks one: a discovery document, keys that can be rotated, tokens, and a page on
 * which whoever comes is signed in at once and sent back with a code.
 */
final class LocalIssuer implements AutoCloseable {
    private final URI url;
    private final AtomicInteger keysAsked = new AtomicInteger();
    private volatile RsaJsonWebKey key = newKey("key-1");
    private volatile Optional<HttpServer> running = Optional.empty();
    private final LocalSignIn signIn = new LocalSignIn();

    /** Down until {@link #up}. */
    LocalIssuer(String url) {
        this.url = URI.create(url);
    }

    LocalIssuer up() {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                url.getPath() + "/.well-known/openid-configuration", exchange -> answer(exchange, metadata()));
        server.createContext(url.getPath() + "/keys", exchange -> {
            keysAsked.incrementAndGet();
            answer(exchange, Map.of("keys", List.of(key.toParams(OutputControlLevel.PUBLIC_ONLY))));
        });
        server.createContext(url.getPath() + "/authorize", signIn::authorize);
        server.createContext(url.getPath() + "/token", exchange -> signIn.exchange(exchange));
        server.start();
        running = Optional.of(server);
        return this;
    }

    void down() {
        running.ifPresent(server -> server.stop(0));
        running = Optional.empty();
    }

    /** Another key, and the one before is gone. */
    void rotate(String id) {
        key = newKey(id);
    }

    RsaJsonWebKey key() {
        return key;
    }

    /** What happens on its page. */
    LocalSignIn signIn() {
        return signIn;
    }

    /** How often somebody fetched the keys. */
    int keysAsked() {
        return keysAsked.get();
    }

    /** A token that is good for a service with the audience {@code hubferry}, for a person without groups. */
    TokenDraft token(String person) {
        return TokenDraft.of(url.toString(), person, key);
    }

    static RsaJsonWebKey newKey(String id) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            key.setUse("sig");
            key.setAlgorithm("RS256");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        down();
    }

    private Map<String, Object> metadata() {
        return Map.of(
                "issuer",
                url.toString(),
                "jwks_uri",
                url + "/keys",
                "authorization_endpoint",
                url + "/authorize",
                "token_endpoint",
                url + "/token",
                "introspection_endpoint",
                url + "/introspect",
                "response_types_supported",
                List.of("code"),
                "subject_types_supported",
                List.of("public"),
                "id_token_signing_alg_values_supported",
                List.of("RS256"));
    }

    static void answer(HttpExchange exchange, Map<String, Object> json) throws IOException {
        answer(exchange, 200, json);
    }

    static void answer(HttpExchange exchange, int status, Map<String, Object> json) throws IOException {
        byte[] body = JsonUtil.toJson(json).getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
