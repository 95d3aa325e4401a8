package dev.hubferry.sandbox.cluster;

import dev.hubferry.sandbox.hub.HubVersions;
import java.nio.file.Path;

/**
 * How a hub is to be installed.
 *
 * @param namespace of the hub
 * @param release the Helm release
 * @param version of JupyterHub
 * @param nfsServer as the homes' PersistentVolume names it
 * @param nfsPath as the homes' PersistentVolume names it
 * @param keys what its Secret holds
 */
public record HubPlan(
        String namespace, String release, String version, String nfsServer, Path nfsPath, SecretKeys keys) {
    public HubPlan {
        var _ = HubVersions.schemaOf(version);
    }

    /** The version of zero-to-jupyterhub that brings this JupyterHub. */
    String chartVersion() {
        return switch (version.charAt(0)) {
            case '1' -> "1.2.0";
            case '2', '3' -> "2.0.0";
            case '4' -> "3.3.8";
            default -> "4.2.0";
        };
    }

    /** Charts since 4.0 name homes by another scheme unless they are told. */
    String kubeSpawnerConfig() {
        return version.charAt(0) >= '5' ? "{slug_scheme: escape}" : "{}";
    }
}
