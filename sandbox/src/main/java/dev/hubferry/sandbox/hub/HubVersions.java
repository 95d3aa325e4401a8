package dev.hubferry.sandbox.hub;

import java.util.Map;
import java.util.Optional;

/** Which JupyterHub writes which database schema (Alembic heads, from JupyterHub's own migrations). */
public final class HubVersions {
    private static final Map<String, String> VERSION_OF_HEAD = Map.of(
            "4dc2d5a8c53c", "1.5.1",
            "833da8570507", "2.3.1",
            "651f5419b74d", "3.0.0",
            "0eee8c825d24", "4.1.6",
            "4621fec11365", "5.2.1");

    private HubVersions() {}

    /** The schema that this version writes, by its major number. */
    public static String schemaOf(String version) {
        String major = version.replaceFirst("\\..*", "") + ".";
        return VERSION_OF_HEAD.entrySet().stream()
                .filter(entry -> entry.getValue().startsWith(major))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no schema is known of JupyterHub " + version));
    }

    /** A version that writes this schema. */
    public static Optional<String> ofSchema(String head) {
        return Optional.ofNullable(VERSION_OF_HEAD.get(head));
    }
}
