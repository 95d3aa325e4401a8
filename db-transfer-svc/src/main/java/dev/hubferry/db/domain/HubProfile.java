package dev.hubferry.db.domain;

import dev.hubferry.contracts.HubRef;

/**
 * What the cluster says about a hub and its database, without looking into the database.
 *
 * @param hub which hub
 * @param kind where its database is
 * @param version which JupyterHub it runs, by its labels and image
 * @param upgradesDatabase whether the hub is told to upgrade an older database when it starts
 * @param secrets prints of the secrets that the database depends on
 */
public record HubProfile(
        HubRef hub, DatabaseKind kind, HubVersion version, boolean upgradesDatabase, HubSecrets secrets) {
    /** The hub in the words of messages to people, such as {@code hub old/astro}. */
    public static String where(HubRef hub) {
        return "hub " + hub.cluster() + "/" + hub.namespace();
    }
}
