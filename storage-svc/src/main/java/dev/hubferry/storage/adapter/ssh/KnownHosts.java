package dev.hubferry.storage.adapter.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The host keys that are pinned for one host: lines of an OpenSSH known_hosts file with the host's name, plain or hashed. */
final class KnownHosts {
    private final List<HostKey> keys;

    private KnownHosts(List<HostKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * A pinned key.
     *
     * @param type such as ssh-ed25519
     * @param base64 the key itself
     */
    record HostKey(String type, String base64) {
        String fingerprint() {
            return KnownHosts.fingerprint(Base64.getDecoder().decode(base64));
        }
    }

    /** @throws IOException when the file cannot be read */
    static KnownHosts read(Path file, String host, int port) throws IOException {
        String name = port == 22 ? host : "[" + host + "]:" + port;
        List<HostKey> keys = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            String[] words = line.strip().split("\\s+");
            // Lines that begin with @ are revoked keys or certificate authorities: neither pins a key of the host.
            if (words.length >= 3 && !line.startsWith("#") && !line.startsWith("@") && names(words[0], name)) {
                keys.add(new HostKey(words[1], words[2]));
            }
        }
        return new KnownHosts(keys);
    }

    /** {@code SHA256:…} as ssh-keygen prints it. */
    static String fingerprint(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    List<HostKey> keys() {
        return keys;
    }

    List<String> types() {
        return keys.stream().map(HostKey::type).distinct().toList();
    }

    List<String> fingerprints() {
        return keys.stream().map(HostKey::fingerprint).toList();
    }

    private static boolean names(String field, String name) {
        return field.startsWith("|1|")
                ? isHashOf(field, name)
                : List.of(field.split(",", -1)).contains(name);
    }

    private static boolean isHashOf(String field, String name) {
        String[] parts = field.split("\\|", -1);
        if (parts.length != 4) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
            byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
