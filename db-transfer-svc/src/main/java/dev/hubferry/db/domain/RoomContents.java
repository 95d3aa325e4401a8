package dev.hubferry.db.domain;

import java.util.List;
import java.util.Set;

/**
 * What was found where a hub keeps its database.
 *
 * @param database the hub's database files
 * @param kept names of what this migration set aside there earlier
 * @param freeBytes bytes free on the volume
 * @param imageVersion JupyterHub's version in the hub's image
 * @param imageRevisions the schema revisions that the JupyterHub in the hub's image knows; empty when the image does not tell
 */
public record RoomContents(
        DatabaseFiles database,
        List<String> kept,
        long freeBytes,
        HubVersion imageVersion,
        Set<String> imageRevisions) {
    public RoomContents {
        kept = List.copyOf(kept);
        imageRevisions = Set.copyOf(imageRevisions);
    }
}
