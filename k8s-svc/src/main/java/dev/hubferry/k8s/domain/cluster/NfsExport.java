package dev.hubferry.k8s.domain.cluster;

import java.util.Collection;

/**
 * A directory of an NFS server.
 *
 * @param path absolute, without a slash at the end (the root is empty)
 */
public record NfsExport(String server, String path) {
    public NfsExport {
        path = path.replaceAll("/+", "/").replaceAll("/$", "");
    }

    /** The directory {@code subPath} below this one. */
    public NfsExport below(String subPath) {
        return subPath.isEmpty() ? this : new NfsExport(server, path + "/" + subPath);
    }

    /** Whether the server has one of these names. */
    public boolean isOnOneOf(Collection<String> servers) {
        return servers.stream().anyMatch(name -> plain(name).equalsIgnoreCase(plain(server)));
    }

    /** Whether the directory is the other one, inside of it, or around it. */
    public boolean overlaps(String otherPath) {
        return path.equals(otherPath) || path.startsWith(otherPath + "/") || otherPath.startsWith(path + "/");
    }

    @Override
    public String toString() {
        return server + ":" + (path.isEmpty() ? "/" : path);
    }

    private static String plain(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
