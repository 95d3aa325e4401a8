package dev.hubferry.contracts;

/**
 * Where the home directories of one hub are: each entry of the directory is the home of a user, or shared.
 *
 * @param storage the name of a storage connection of storage-svc
 * @param path the absolute path on that server
 */
public record HomesRef(String storage, String path) {
    public HomesRef {
        Require.text(storage, "storage");
        path = Require.absolutePath(path, "path");
    }

    /** The directory as a key for locks and exclusive work, such as {@code homes:nfs-old:/export/homes/astro}. */
    public String lockKey() {
        return "homes:" + storage + ":" + path;
    }
}
