package dev.hubferry.contracts;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a hub is.
 *
 * @param cluster the name of a cluster connection of k8s-svc
 * @param namespace the hub's namespace
 * @param release the Helm release; needed only when the namespace holds more than one hub
 */
public record HubRef(String cluster, String namespace, Optional<String> release) {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public HubRef {
        Require.text(cluster, "cluster");
        requireLabel(namespace, "namespace");
        release = release == null ? Optional.empty() : release;
        release.ifPresent(name -> requireLabel(name, "release"));
    }

    /** The hub as a key for locks and exclusive work, such as {@code hub:old/astro}. */
    public String lockKey() {
        return "hub:" + cluster + "/" + namespace
                + release.map(name -> "/" + name).orElse("");
    }

    private static void requireLabel(String value, String component) {
        Require.text(value, component);
        if (!LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    component + " must be 1 to 63 of a-z, 0-9 and '-', with a letter or digit at both ends, but was '"
                            + value + "'");
        }
    }
}
