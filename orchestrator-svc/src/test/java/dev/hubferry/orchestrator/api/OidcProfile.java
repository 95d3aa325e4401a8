package dev.hubferry.orchestrator.api;

import dev.hubferry.testbed.FreePorts;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** An issuer on a port where nothing listens until the test starts it, with groups where Keycloak has roles. */
public class OidcProfile implements QuarkusTestProfile {
    static final String ISSUER = "hubferry.auth.oidc.issuer";
    static final String LOOKERS = "staff";
    static final String OPERATORS = "/platform/ops";
    static final String APPROVERS = "/platform/approvers";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                ISSUER,
                "http://127.0.0.1:" + FreePorts.next() + "/realms/hubs",
                "hubferry.auth.oidc.audience",
                "hubferry",
                "hubferry.auth.oidc.groups-claim",
                "realm_access/roles",
                "hubferry.auth.oidc.roles.viewer",
                LOOKERS + ",guests",
                "hubferry.auth.oidc.roles.operator",
                OPERATORS,
                "hubferry.auth.oidc.roles.approver",
                APPROVERS,
                "hubferry.auth.oidc.keys-refetch",
                "PT0.1S",
                "hubferry.auth.oidc.clock-skew",
                "PT30S");
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
