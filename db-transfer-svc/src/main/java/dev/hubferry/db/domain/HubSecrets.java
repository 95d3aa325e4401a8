package dev.hubferry.db.domain;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The secrets of a hub that its database depends on, as prints that can only be compared.
 *
 * @param cookieSecret signs the users' cookies; empty when the hub's Secret has none
 * @param cryptKeys open the users' auth state, as far as the hub's Secret has them
 * @param cryptKeyInEnvironment whether the hub is also given such keys by a variable, at whose value nobody looks
 * @param serviceTokens by name of the service
 */
public record HubSecrets(
        Optional<SecretPrint> cookieSecret,
        Set<SecretPrint> cryptKeys,
        boolean cryptKeyInEnvironment,
        Map<String, SecretPrint> serviceTokens) {
    public HubSecrets {
        cryptKeys = Set.copyOf(cryptKeys);
        serviceTokens = Map.copyOf(serviceTokens);
    }

    @Override
    public String toString() {
        return "HubSecrets[hidden]";
    }
}
