package dev.hubferry.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The authorization code flow of an issuer with one confidential client, as RFC 6749 and RFC 7636 have it. */
final class LocalSignIn {
    static final String CLIENT = "hubferry-page";
    static final String SECRET = "s3cret: +&%";

    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile Map<String, Object> tokens = Map.of();
    private volatile String error = "";

    /** Who comes gets these. */
    void give(Map<String, Object> answer) {
        tokens = answer;
        error = "";
    }

    /** Who comes is sent back with this error. */
    void refuse(String code) {
        error = code;
    }

    void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String back = asked.get("redirect_uri") + "?state=" + asked.get("state");
        if (error.isEmpty()) {
            String code = UUID.randomUUID().toString();
            codes.put(code, asked);
            back += "&code=" + code;
        } else {
            back += "&error=" + error + "&error_description=%3Cscript%3Ealert(1)%3C/script%3E";
        }
        exchange.getResponseHeaders().add("Location", back);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    void exchange(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        Map<String, String> asked = codes.remove(String.valueOf(form.get("code")));
        if (!isClient(exchange)) {
            LocalIssuer.answer(exchange, 401, Map.of("error", "invalid_client"));
        } else if (asked == null
                || !"authorization_code".equals(form.get("grant_type"))
                || !field(asked, "redirect_uri").equals(form.get("redirect_uri"))
                || !field(asked, "code_challenge").equals(challenge(field(form, "code_verifier")))) {
            LocalIssuer.answer(exchange, 400, Map.of("error", "invalid_grant"));
        } else {
            LocalIssuer.answer(exchange, tokens);
        }
    }

    private static boolean isClient(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null || !header.startsWith("Basic ")) {
            return false;
        }
        String pair = new String(Base64.getDecoder().decode(header.substring("Basic ".length())), UTF_8);
        int colon = pair.indexOf(':');
        return URLDecoder.decode(pair.substring(0, colon), UTF_8).equals(CLIENT)
                && URLDecoder.decode(pair.substring(colon + 1), UTF_8).equals(SECRET);
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String field(Map<String, String> form, String name) {
        return String.valueOf(form.get(name));
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split("&", -1)) {
            int equals = field.indexOf('=');
            fields.put(field.substring(0, equals), URLDecoder.decode(field.substring(equals + 1), UTF_8));
        }
        return fields;
    }
}
