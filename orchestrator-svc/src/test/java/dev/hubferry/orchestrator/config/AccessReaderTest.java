package dev.hubferry.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.orchestrator.api.security.Access;
import dev.hubferry.orchestrator.api.security.Issuer;
import dev.hubferry.orchestrator.api.security.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessReaderTest {
    private static final String OIDC = "hubferry.auth.oidc.";
    private static final Map<String, String> LEAST = Map.of(
            OIDC + "issuer", "https://sso.example.org/realms/hubs",
            OIDC + "audience", "hubferry",
            OIDC + "roles.operator", "ops,/platform/ops",
            OIDC + "roles.approver", "ops");

    @TempDir
    Path directory;

    @Test
    void wantsOneOfBoth() {
        assertThatThrownBy(() -> read(Map.of()))
                .hasMessageContaining("hubferry.auth.token-file")
                .hasMessageContaining("hubferry.auth.oidc.issuer")
                .hasMessageContaining("docs/operations/access.md");
    }

    @Test
    void isContentWithATokenFile() throws IOException {
        Path file = Files.writeString(directory.resolve("tokens"), "vera viewer " + Tokens.hashed("x"));
        assertThat(read(Map.of("hubferry.auth.token-file", file.toString())).issuer())
                .isEmpty();
    }

    @Test
    void isContentWithAnIssuer() {
        Issuer issuer = read(LEAST).issuer().orElseThrow();
        assertThat(issuer.names())
                .isEqualTo(new Issuer.Names("preferred_username", "https://sso.example.org/realms/hubs#"));
        assertThat(issuer.groupsClaim()).isEqualTo("groups");
        assertThat(issuer.rolesOf())
                .isEqualTo(Map.of("ops", Set.of("operator", "approver"), "/platform/ops", Set.of("operator")));
        assertThat(issuer.times())
                .isEqualTo(new Issuer.Times(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "issuer          | http://sso.example.org/realms/hubs | not an https:// URL",
                "issuer          | sso.example.org                    | not an https:// URL",
                "issuer          | https://sso.example.org/?x=1       | a query",
                "audience        | any                                | audience cannot be 'any'",
                "name-prefix     | https                              | name-prefix is 'https'",
                "name-prefix     | our:sso                            | name-prefix is 'our:sso'",
                "clock-skew      | PT1H                               | clock-skew is PT1H",
                "keys-refetch    | PT0S                               | keys-refetch is PT0S",
                "timeout         | PT-1S                              | timeout is PT-1S",
                "audiense        | hubferry                           | hubferry.auth.oidc.audiense",
                "sign-in.client-id | page                             | sign-in.page-url is not set",
                "sign-in.page-url  | https://hubferry.example.org     | no client-id",
            })
    void saysWhatIsWrong(String key, String value, String message) {
        Map<String, String> config = new HashMap<>(LEAST);
        config.put(OIDC + key, value);
        assertThatThrownBy(() -> read(config)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "page-url           | http://hubferry.example.org     | sign-in.page-url is 'http://hubferry.example.org'",
                "page-url           | https://hubferry.example.org/ui | with a path",
                "scopes             | profile,email                   | without openid",
                "client-secret-file | /no/such/file                   | client-secret-file: /no/such/file cannot be read",
            })
    void saysWhatIsWrongWithTheSignIn(String key, String value, String message) {
        Map<String, String> config = new HashMap<>(LEAST);
        config.put(OIDC + "sign-in.client-id", "page");
        config.put(OIDC + "sign-in.page-url", "https://hubferry.example.org");
        assertThat(read(config).issuer().orElseThrow().signIn()).isPresent();
        config.put(OIDC + "sign-in." + key, value);
        assertThatThrownBy(() -> read(config)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"issuer, hubferry.auth.oidc.issuer", "audience, hubferry.auth.oidc.audience"})
    void wantsWhatMakesATokenSafe(String key, String message) {
        Map<String, String> config = new HashMap<>(LEAST);
        config.remove(OIDC + key);
        assertThatThrownBy(() -> read(config)).hasMessageContaining(message);
    }

    @Test
    void wantsAGroupThatMayDoSomething() {
        Map<String, String> config = new HashMap<>(LEAST);
        config.keySet().removeIf(key -> key.startsWith(OIDC + "roles."));
        assertThatThrownBy(() -> read(config)).hasMessageContaining("hubferry.auth.oidc.roles.viewer");
    }

    private static Access read(Map<String, String> config) {
        return AccessReader.read(DefaultsTest.read(AuthConfig.class, config));
    }
}
