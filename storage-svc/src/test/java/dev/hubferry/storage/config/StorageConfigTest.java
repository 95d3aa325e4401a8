package dev.hubferry.storage.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.testbed.ExampleSettings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageConfigTest {
    private static final Map<String, String> LEAST = Map.of(
            "hubferry.storage.connections.old.host", "nfs-old.example.org",
            "hubferry.storage.connections.old.user", "root",
            "hubferry.storage.connections.old.private-key-file", "/secrets/old/key",
            "hubferry.storage.connections.old.known-hosts-file", "/secrets/old/known_hosts");

    @Test
    void hasTheseDefaults() {
        // Given, When
        StorageConfig config = config(LEAST);
        ConnectionConfig connection = config.connections().values().iterator().next();
        // Then
        assertThat(config.connections()).containsOnlyKeys("old");
        assertThat(config.workers()).isEqualTo(4);
        assertThat(config.bandwidthLimit()).isEmpty();
        assertThat(config.deletionShare()).isEqualTo(0.25);
        assertThat(config.deletionsAlways()).isEqualTo(1000);
        assertThat(config.hashWorkers()).isEqualTo(2);
        assertThat(config.pollInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.patience()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.verifyDeadline()).isEqualTo(Duration.ofHours(24));
        assertThat(config.longJobs()).isEqualTo(6);
        assertThat(config.longJobWait()).isEqualTo(Duration.ofHours(2));
        assertThat(config.seedPassesMin()).isEqualTo(2);
        assertThat(config.seedPassesMax()).isEqualTo(5);
        assertThat(config.shortPass()).isEqualTo(Duration.ofSeconds(20));
        assertThat(connection.host()).isEqualTo("nfs-old.example.org");
        assertThat(connection.port()).isEqualTo(22);
        assertThat(connection.user()).isEqualTo("root");
        assertThat(connection.privateKeyFile()).isEqualTo(Path.of("/secrets/old/key"));
        assertThat(connection.knownHostsFile()).isEqualTo(Path.of("/secrets/old/known_hosts"));
        assertThat(connection.sudo()).isEqualTo(ConnectionConfig.Sudo.NONE);
        assertThat(connection.peerAddress()).isEmpty();
        assertThat(connection.peerPort()).isEmpty();
        assertThat(connection.bindAddress()).isEmpty();
        assertThat(connection.authorizedKeysFile()).isEqualTo(".ssh/authorized_keys");
    }

    @Test
    void refusesAnUnknownKeyAndAMissingOne() {
        // Given
        Map<String, String> unknown = new HashMap<>(LEAST);
        unknown.put("hubferry.storage.connections.old.password", "x");
        Map<String, String> missing = new HashMap<>(LEAST);
        missing.remove("hubferry.storage.connections.old.known-hosts-file");
        // When, Then
        assertThatThrownBy(() -> config(unknown))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("password");
        assertThatThrownBy(() -> config(missing))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("known-hosts-file");
    }

    @Test
    void takesTheExampleOfTheComposeFile() {
        // Given
        Map<String, String> example = ExampleSettings.of("storage-svc");

        // When, Then: it refuses a key that it does not know
        assertThat(example.keySet()).allMatch(key -> key.startsWith("hubferry.storage."));
        assertThat(config(example).connections()).containsOnlyKeys("nfs-old", "nfs-new");
    }

    private static StorageConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(StorageConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(StorageConfig.class);
    }
}
