package dev.hubferry.db.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.db.domain.DatabaseKind;
import dev.hubferry.db.domain.HubSecrets;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretReaderTest {
    private static final String HEX = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String SAME_IN_BASE64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final SecretReader reader = new SecretReader(new KubernetesSerialization());

    private static Secret secret(Map<String, String> entries) {
        SecretBuilder secret = new SecretBuilder();
        entries.forEach((name, value) ->
                secret.addToData(name, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return secret.build();
    }

    private HubSecrets keys(String keys) {
        return reader.secrets(secret(Map.of("hub.config.CryptKeeper.keys", keys)), false);
    }

    @Test
    void findsTheKindInTheChartsValues() {
        assertThat(reader.kind(secret(Map.of("values.yaml", "hub: {db: {type: postgres, url: 'postgres://u:p@h/d'}}"))))
                .isEqualTo(new DatabaseKind.Server("postgres"));
        assertThat(reader.kind(secret(Map.of("values.yaml", "hub:\n  db:\n    type: sqlite-memory\n"))))
                .isEqualTo(new DatabaseKind.SqliteInMemory());
        assertThat(reader.kind(secret(Map.of("values.yaml", "hub: {}")))).isEqualTo(new DatabaseKind.SqliteOnVolume());
        assertThat(reader.kind(secret(Map.of()))).isEqualTo(new DatabaseKind.SqliteOnVolume());
    }

    @Test
    void doesNotTakeValuesThatItCannotReadForTheDefault() {
        // When
        DatabaseKind kind = reader.kind(secret(Map.of("values.yaml", "hub: {password: s3cret")));

        // Then
        assertThat(kind).isInstanceOf(DatabaseKind.Server.class);
        assertThat(kind.toString()).doesNotContain("s3cret");
    }

    @Test
    void takesTheSameKeyInHexAndBase64ForTheSame() {
        assertThat(keys(HEX).cryptKeys()).isEqualTo(keys(SAME_IN_BASE64).cryptKeys());
        assertThat(keys(HEX + ";" + "22".repeat(32)).cryptKeys())
                .hasSize(2)
                .containsAll(keys(HEX).cryptKeys());
        assertThat(keys(HEX).cryptKeys()).isNotEqualTo(keys("33".repeat(32)).cryptKeys());
        assertThat(keys("").cryptKeys()).isEmpty();
    }

    @Test
    void knowsTheTokensOfServicesByName() {
        // When
        HubSecrets secrets = reader.secrets(
                secret(Map.of(
                        "hub.services.grader.apiToken",
                        "t1",
                        "hub.services.jupyterhub-idle-culler.apiToken",
                        "t2",
                        "other",
                        "x")),
                false);

        // Then
        assertThat(secrets.serviceTokens()).containsOnlyKeys("grader", "jupyterhub-idle-culler");
    }

    @Test
    void showsNothingOfTheSecrets() {
        // When
        HubSecrets secrets = reader.secrets(
                secret(Map.of(
                        "hub.config.JupyterHub.cookie_secret", HEX,
                        "hub.config.CryptKeeper.keys", SAME_IN_BASE64,
                        "hub.services.grader.apiToken", "s3cret")),
                false);

        // Then
        assertThat(secrets.toString() + secrets.cookieSecret() + secrets.cryptKeys() + secrets.serviceTokens())
                .doesNotContain("0001", "AAEC", "s3cret");
    }
}
