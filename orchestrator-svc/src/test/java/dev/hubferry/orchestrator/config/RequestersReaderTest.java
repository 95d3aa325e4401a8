package dev.hubferry.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.orchestrator.api.security.Issuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestersReaderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void makeAKey() throws Exception {
        key("ci", "Ed25519");
        requester("ci", "ci", "operator");
    }

    @Test
    void hasNobodyWhenNobodyIsConfigured() {
        settings.clear();
        assertThat(RequestersReader.read(DefaultsTest.read(RequestsConfig.class, settings))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void takesAKeyOfOpenssl() {
        assertThat(RequestersReader.read(DefaultsTest.read(RequestsConfig.class, settings))
                        .isEmpty())
                .isFalse();
    }

    @Test
    void saysWhichSettingIsWrong() throws Exception {
        requester("two", "ci", "approver");
        assertRefused("have the same key");
        requester("two", "none", "approver");
        assertRefused("hubferry.requests.requesters.two.public-key-file", "cannot be read");
        key("rsa", "RSA");
        requester("two", "rsa", "approver");
        assertRefused("no key of Ed25519 or P-256");
        Files.writeString(directory.resolve("secret"), "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----");
        requester("two", "secret", "approver");
        assertRefused("has a private key");
        Files.writeString(directory.resolve("empty"), "");
        requester("two", "empty", "approver");
        assertRefused("has no -----BEGIN PUBLIC KEY-----");
        key("good", "Ed25519");
        requester("two", "good", "boss");
        assertRefused("hubferry.requests.requesters.two.roles is boss");
        requester("two", "good", "approver");
        settings.put("hubferry.requests.max-age", "PT48H");
        assertRefused("hubferry.requests.max-age is PT48H");
    }

    @Test
    void givesNoIssuerTheWordOfKeys() {
        assertThatThrownBy(() -> Issuer.Names.shortened("key", "preferred_username"))
                .hasMessageContaining("hubferry.auth.oidc.name-prefix is 'key'");
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> RequestersReader.read(DefaultsTest.read(RequestsConfig.class, settings)))
                .hasMessageContainingAll(parts);
    }

    private void requester(String word, String file, String roles) {
        String prefix = "hubferry.requests.requesters." + word + ".";
        settings.put(prefix + "public-key-file", directory.resolve(file).toString());
        settings.put(prefix + "roles", roles);
    }

    private void key(String name, String kind) throws NoSuchAlgorithmException, IOException {
        byte[] encoded =
                KeyPairGenerator.getInstance(kind).generateKeyPair().getPublic().getEncoded();
        Files.writeString(
                directory.resolve(name),
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                        + "\n-----END PUBLIC KEY-----\n");
    }
}
