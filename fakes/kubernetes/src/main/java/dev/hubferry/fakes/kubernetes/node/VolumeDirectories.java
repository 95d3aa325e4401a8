package dev.hubferry.fakes.kubernetes.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Knows which directory of this host is which volume. */
public final class VolumeDirectories {

    private final ObjectStore store;
    private final Path volumes;
    private final Map<String, Path> nfsExports;

    /**
     * @param volumes parent of the directories of volumes that are no NFS
     * @param nfsExports directory by {@code server:path}; paths below an export follow it
     */
    public VolumeDirectories(ObjectStore store, Path volumes, Map<String, Path> nfsExports) {
        this.store = store;
        this.volumes = volumes;
        this.nfsExports = Map.copyOf(nfsExports);
    }

    /** The directory of a claim; empty while it is not bound. */
    public Optional<Path> ofClaim(String namespace, String claim) {
        return store.find(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, new ObjectKey(namespace, claim))
                .filter(found -> "Bound".equals(Json.text(found, "status", "phase")))
                .flatMap(found -> store.find(
                        ResourceTypes.PERSISTENT_VOLUMES, new ObjectKey("", Json.text(found, "spec", "volumeName"))))
                .map(this::ofVolume);
    }

    /** Removes the files of a deleted volume that was to be reclaimed by deletion, as the cloud removes the disk. */
    public void reclaim(JsonNode deletedVolume) {
        boolean deletes = "Delete".equals(Json.text(deletedVolume, "spec", "persistentVolumeReclaimPolicy"));
        if (deletes && !Json.has(deletedVolume, "spec", "nfs")) {
            Trees.delete(volumes.resolve(Json.text(deletedVolume, "metadata", "name")));
        }
    }

    boolean isNfsClaim(String namespace, String claim) {
        return store.find(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, new ObjectKey(namespace, claim))
                .flatMap(found -> store.find(
                        ResourceTypes.PERSISTENT_VOLUMES, new ObjectKey("", Json.text(found, "spec", "volumeName"))))
                .filter(volume -> Json.has(volume, "spec", "nfs"))
                .isPresent();
    }

    private Path ofVolume(JsonNode volume) {
        if (Json.has(volume, "spec", "nfs")) {
            return ofNfs(Json.text(volume, "spec", "nfs", "server"), Json.text(volume, "spec", "nfs", "path"));
        }
        return made(volumes.resolve(Json.text(volume, "metadata", "name")));
    }

    /** Fails, as mounting does, when the server exports no such directory. */
    Path ofNfs(String server, String path) {
        Path directory = nfsExports.entrySet().stream()
                .filter(export -> isBelow(export.getKey(), server + ":" + path))
                .max(Comparator.comparingInt(export -> export.getKey().length()))
                .map(export -> below(
                        export.getValue(),
                        (server + ":" + path).substring(export.getKey().length())))
                .orElseThrow(() -> new VolumeNotReady(
                        "mount.nfs: access denied by server while mounting %s:%s".formatted(server, path)));
        if (!Files.isDirectory(directory)) {
            throw new VolumeNotReady(
                    "mount.nfs: mounting %s:%s failed, reason given by server: No such file or directory"
                            .formatted(server, path));
        }
        return directory;
    }

    private static boolean isBelow(String export, String wanted) {
        return wanted.equals(export) || wanted.startsWith(export.endsWith("/") ? export : export + "/");
    }

    /** A relative path below a directory; one that leads out of it is refused. */
    static Path below(Path directory, String relative) {
        Path resolved = directory.resolve(relative.replaceAll("^/+", "")).normalize();
        if (!resolved.startsWith(directory.normalize())) {
            throw new VolumeNotReady("path leads out of its volume: " + relative);
        }
        return resolved;
    }

    static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
