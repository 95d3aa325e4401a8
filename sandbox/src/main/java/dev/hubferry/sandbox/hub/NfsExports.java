package dev.hubferry.sandbox.hub;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Which directory of this machine an NFS server exports under which path.
 *
 * @param directories by {@code server:path}; paths below an export follow it
 */
public record NfsExports(Map<String, Path> directories) {
    public NfsExports {
        directories = Map.copyOf(directories);
    }

    /** The directory that {@code server:path} is; empty when no export covers it. */
    public Optional<Path> resolve(String server, String path) {
        String wanted = server + ":" + path;
        return directories.entrySet().stream()
                .filter(export -> wanted.equals(export.getKey()) || wanted.startsWith(export.getKey() + "/"))
                .max(Comparator.comparingInt(export -> export.getKey().length()))
                .map(export -> export.getValue()
                        .resolve(wanted.substring(export.getKey().length()).replaceFirst("^/", "")));
    }
}
