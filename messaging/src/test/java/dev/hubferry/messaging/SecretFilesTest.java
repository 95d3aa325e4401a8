package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every service has this module; that it is so in a service's own process is seen by SecuredTest of system-tests. */
class SecretFilesTest {
    @Test
    void readsPropertiesFromFilesThatAreNamedAsThey(@TempDir Path secrets) throws Exception {
        // Given
        Files.writeString(secrets.resolve("quarkus.datasource.password"), "hunter2");
        // When
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredSources()
                .withDefaultValue("smallrye.config.source.file.locations", secrets.toString())
                .build();
        // Then
        assertThat(config.getConfigValue("quarkus.datasource.password").getValue())
                .isEqualTo("hunter2");
        assertThat(config.getPropertyNames()).contains("quarkus.datasource.password");
    }
}
