package dev.hubferry.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.orchestrator.webhook.Webhook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhooksReaderTest {
    private static final String CHAT = "hubferry.webhooks.chat.";

    @TempDir
    Path directory;

    private final Map<String, String> config = new HashMap<>();

    @BeforeEach
    void least() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
        config.put(CHAT + "url", "https://chat.example.org/hooks/t0ken?key=t0ken");
        config.put(CHAT + "secret-file", secret.toString());
    }

    @Test
    void needsNone() {
        assertThat(WebhooksReader.read(DefaultsTest.read(WebhooksConfig.class, Map.of())))
                .isEmpty();
    }

    @Test
    void wantsEverythingInTenSecondsUnlessItIsToldOtherwise() {
        Webhook chat = read().getFirst();
        assertThat(chat.name()).isEqualTo("chat");
        assertThat(chat.host()).isEqualTo("chat.example.org");
        assertThat(chat.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(chat.events().wants("hubferry.whatever.v9")).isTrue();
        assertThat(chat.certificates()).isEmpty();
        assertThat(chat).hasToString("chat at chat.example.org");
    }

    @Test
    void wantsSomeTypesOnly() {
        config.put(CHAT + "events", "hubferry.migration-*, hubferry.step-failed.v1");
        Webhook chat = read().getFirst();
        assertThat(chat.events().wants("hubferry.migration-parked.v1")).isTrue();
        assertThat(chat.events().wants("hubferry.step-failed.v1")).isTrue();
        assertThat(chat.events().wants("hubferry.step-failed.v10")).isFalse();
        assertThat(chat.events().wants("hubferry.step-started.v1")).isFalse();
    }

    @Test
    void takesPrivateAddressesThatAreAllowed() {
        config.put(CHAT + "url", "http://10.20.0.1:8080/");
        config.put(CHAT + "allow-http", "true");
        config.put(CHAT + "allow-private", "192.168.0.0/16,10.20.0.0/16");
        assertThat(read().getFirst().host()).isEqualTo("10.20.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url           | chat.example.org/t0ken               | is no https:// URL",
                "url           | ftp://chat.example.org/t0ken         | is no https:// URL",
                "url           | http://chat.example.org/t0ken        | set hubferry.webhooks.chat.allow-http=true",
                "url           | https://chat_1.example.org/t0ken     | has no host",
                "url           | https:///t0ken                       | has no host",
                "url           | https://chat.example.org/t0ken here  | is no URL: at character 31",
                "url           | https://me:t0ken@chat.example.org/   | has a user before its host",
                "url           | https://chat.example.org/#t0ken      | has a part behind #",
                "url           | https://chat.example.org:70000/t0ken | has a port that is none",
                "url           | https://169.254.169.254/t0ken        | 169.254.169.254 is link-local",
                "url           | https://10.0.0.1/t0ken               | set hubferry.webhooks.chat.allow-private",
                "url           | https://[::1]/t0ken                  | is loopback",
                "secret-file   | /nowhere/secret                      | /nowhere/secret, which cannot be read",
                "events        | hubferry.migration-finished.v1       | hubferry.migration-completed.v1",
                "events        | hubferry.plan-*                      | 'hubferry.plan-*', which no event is",
                "timeout       | PT0.5S                               | is PT0.5S: write one from 1 second",
                "timeout       | PT2M                                 | is PT2M: write one from 1 second",
                "allow-private | 10.0.0.0                             | is no range of addresses: write it like",
                "certificates  | /nowhere/ca.pem                      | /nowhere/ca.pem, which cannot be read",
                "secret        | whsec_t0ken                          | hubferry.webhooks.chat.secret",
            })
    void saysWhatIsWrong(String key, String value, String message) {
        config.put(CHAT + key, value);
        assertThatThrownBy(this::read)
                .hasMessageContaining(CHAT + key)
                .hasMessageContaining(message)
                .hasMessageNotContaining("t0ken");
    }

    @Test
    void saysThatASecretIsNone() throws IOException {
        Path secret = Files.writeString(directory.resolve("wrong"), "whsec_t0ken");
        config.put(CHAT + "secret-file", secret.toString());
        assertThatThrownBy(this::read)
                .hasMessageContaining(CHAT + "secret-file")
                .hasMessageContaining(secret.toString())
                .hasMessageContaining("no base64")
                .hasMessageNotContaining("t0ken");
    }

    @Test
    void wantsAUrlAndASecret() {
        for (String key : List.of("url", "secret-file")) {
            Map<String, String> less = new HashMap<>(config);
            less.remove(CHAT + key);
            assertThatThrownBy(() -> WebhooksReader.read(DefaultsTest.read(WebhooksConfig.class, less)))
                    .hasMessageContaining(CHAT + key);
        }
    }

    @Test
    void knowsNoOtherNames() {
        Map<String, String> renamed = new HashMap<>();
        config.forEach((key, value) -> renamed.put(key.replace(".chat.", ".Chat."), value));
        assertThatThrownBy(() -> WebhooksReader.read(DefaultsTest.read(WebhooksConfig.class, renamed)))
                .hasMessageContaining("hubferry.webhooks.Chat")
                .hasMessageContaining("a-z");
    }

    private List<Webhook> read() {
        return WebhooksReader.read(DefaultsTest.read(WebhooksConfig.class, config));
    }
}
