package dev.hubferry.db.adapter.kubernetes;

import dev.hubferry.db.domain.DatabaseKind;
import dev.hubferry.db.domain.HubSecrets;
import dev.hubferry.db.domain.SecretPrint;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Reads a hub's Secret; of its values only keyed digests and the kind of database come out of here. */
final class SecretReader {
    private static final String COOKIE_SECRET = "hub.config.JupyterHub.cookie_secret";
    private static final String CRYPT_KEYS = "hub.config.CryptKeeper.keys";
    private static final String SERVICE = "hub.services.";
    private static final String API_TOKEN = ".apiToken";
    private static final String VALUES = "values.yaml";
    private static final String DEFAULT_KIND = "sqlite-pvc";

    private final KubernetesSerialization serialization;
    private final SecretKeySpec printKey;

    SecretReader(KubernetesSerialization serialization) {
        this.serialization = serialization;
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        this.printKey = new SecretKeySpec(key, "HmacSHA256");
    }

    /**
     * Prints of what the database depends on.
     *
     * @param cryptKeyInEnvironment whether the hub's Deployment sets a variable for the crypt keys
     */
    HubSecrets secrets(Secret secret, boolean cryptKeyInEnvironment) {
        Optional<SecretPrint> cookie =
                text(secret, COOKIE_SECRET).filter(value -> !value.isBlank()).map(this::printOfKey);
        Set<SecretPrint> keys = new HashSet<>();
        for (String key : text(secret, CRYPT_KEYS).orElse("").split(";", -1)) {
            if (!key.isBlank()) {
                keys.add(printOfKey(key));
            }
        }
        Map<String, SecretPrint> tokens = new HashMap<>();
        for (String name : data(secret).keySet()) {
            if (name.startsWith(SERVICE)
                    && name.endsWith(API_TOKEN)
                    && name.length() > SERVICE.length() + API_TOKEN.length()) {
                String service = name.substring(SERVICE.length(), name.length() - API_TOKEN.length());
                text(secret, name)
                        .ifPresent(token -> tokens.put(service, print(token.getBytes(StandardCharsets.UTF_8))));
            }
        }
        return new HubSecrets(cookie, keys, cryptKeyInEnvironment, tokens);
    }

    /** The chart's {@code hub.db.type}; its default when the values do not say. */
    DatabaseKind kind(Secret secret) {
        Map<?, ?> values = Map.of();
        Optional<String> yaml = text(secret, VALUES).filter(value -> !value.isBlank());
        if (yaml.isPresent()) {
            try {
                values = serialization.unmarshal(yaml.get(), Map.class);
            } catch (RuntimeException e) {
                // The parser's message quotes the text, which is full of secrets.
                return new DatabaseKind.Server("unknown (the hub's values.yaml cannot be read)");
            }
        }
        return DatabaseKind.of(
                child(child(values, "hub"), "db") instanceof Map<?, ?> db && db.get("type") instanceof String type
                        ? type
                        : DEFAULT_KIND);
    }

    private static Map<?, ?> child(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> child ? child : Map.of();
    }

    /** Keys are written in hex or in base64; the same key in both is the same. */
    private SecretPrint printOfKey(String written) {
        String key = written.strip();
        if (key.matches("(?:[0-9a-fA-F]{2}){16,}")) {
            return print(HexFormat.of().parseHex(key.toLowerCase(java.util.Locale.ROOT)));
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(key.replace('-', '+').replace('_', '/'));
            return print(decoded.length >= 16 ? decoded : key.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return print(key.getBytes(StandardCharsets.UTF_8));
        }
    }

    private SecretPrint print(byte[] value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(printKey);
            return new SecretPrint(mac.doFinal(value));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static Optional<String> text(Secret secret, String name) {
        return Optional.ofNullable(data(secret).get(name))
                .map(encoded -> new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8));
    }

    private static Map<String, String> data(Secret secret) {
        return secret.getData() == null ? Map.of() : secret.getData();
    }
}
