package dev.hubferry.db.domain;

import dev.hubferry.contracts.Require;

/**
 * One file as it stands on a hub's volume.
 *
 * @param name without a directory, such as {@code jupyterhub.sqlite-journal}
 * @param sizeBytes its size
 * @param sha256 lower-case hex of its content
 * @param mode permission bits, such as 0644
 */
public record StoredFile(String name, long sizeBytes, String sha256, int mode) {
    public StoredFile {
        Require.text(name, "file name");
        Require.notNegative(sizeBytes, "sizeBytes");
        Require.text(sha256, "sha256");
    }
}
