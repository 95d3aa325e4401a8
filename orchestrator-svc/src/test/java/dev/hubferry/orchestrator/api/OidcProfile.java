package dev.hubferry.orchestrator.api;

import dev.hubferry.testbed.FreePorts;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** An issuer on a port where nothing listens until the test starts it, with groups where Keycloak has roles. */
public class OidcProfile implements QuarkusTestProfile {
    static final String ISSUER = "hubferry.auth.oidc.issuer";
    static final String SIGN_IN = "hubferry.auth.oidc.sign-in.";
    static final String LOOKERS = "staff";
    static final String OPERATORS = "/platform/ops";
    static final String APPROVERS = "/platform/approvers";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>();
        config.put(ISSUER, "http://127.0.0.1:" + FreePorts.next() + "/realms/hubs");
        config.put("hubferry.auth.oidc.audience", "hubferry");
        config.put("hubferry.auth.oidc.groups-claim", "realm_access/roles");
        config.put("hubferry.auth.oidc.roles.viewer", LOOKERS + ",guests");
        config.put("hubferry.auth.oidc.roles.operator", OPERATORS);
        config.put("hubferry.auth.oidc.roles.approver", APPROVERS);
        config.put("hubferry.auth.oidc.keys-refetch", "PT0.1S");
        config.put("hubferry.auth.oidc.clock-skew", "PT30S");
        String port = Integer.toString(FreePorts.next());
        config.put("quarkus.http.test-port", port);
        config.put(SIGN_IN + "client-id", LocalSignIn.CLIENT);
        config.put(SIGN_IN + "client-secret-file", secretFile().toString());
        // Another site than the issuer's, for a browser.
        config.put(SIGN_IN + "page-url", "http://localhost:" + port);
        return config;
    }

    /** With the secret that the issuer knows; a test may change it. */
    private static Path secretFile() {
        try {
            Path file = Files.createTempFile("client-secret", ".txt");
            file.toFile().deleteOnExit();
            return Files.writeString(file, LocalSignIn.SECRET + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keys are fetched once more in the life of the service, and no more. */
    public static class OneRefetch extends OidcProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("hubferry.auth.oidc.keys-refetch", "PT1H");
            config.put("hubferry.auth.oidc.name-prefix", "sso");
            config.put("hubferry.auth.oidc.name-claim", "sub");
            return config;
        }
    }
}
