package dev.hubferry.fakes.kubernetes.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.model.ObjectKey;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.kubernetes.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Prepares the volumes of one pod and says what each container sees of them. */
final class PodVolumes {

    private final ObjectStore store;
    private final VolumeDirectories directories;
    private final ObjectNode pod;
    private final Path podDirectory;
    private final String namespace;

    /** @param podDirectory for what lives as long as the pod */
    PodVolumes(ObjectStore store, VolumeDirectories directories, ObjectNode pod, Path podDirectory) {
        this.store = store;
        this.directories = directories;
        this.pod = pod;
        this.podDirectory = podDirectory;
        this.namespace = Json.text(pod, "metadata", "namespace");
    }

    /**
     * Everything that every container mounts.
     *
     * @throws VolumeNotReady when a claim is not bound, a Secret is missing, an export is not there
     */
    List<Mount> prepare() {
        Map<String, Path> byName = new HashMap<>();
        for (ObjectNode volume : Json.objects(Json.at(pod, "spec", "volumes"))) {
            byName.put(Json.text(volume, "name"), directory(volume));
        }
        List<Mount> mounts = new ArrayList<>();
        for (ObjectNode container : Json.objects(Json.at(pod, "spec", "containers"))) {
            for (ObjectNode mount : Json.objects(container.path("volumeMounts"))) {
                mounts.add(mount(Json.text(container, "name"), mount, byName));
            }
        }
        return List.copyOf(mounts);
    }

    private static Mount mount(String container, ObjectNode mount, Map<String, Path> byName) {
        String volume = Json.text(mount, "name");
        Path directory =
                Optional.ofNullable(byName.get(volume)).orElseThrow(() -> new VolumeNotReady("no volume " + volume));
        String subPath = Json.text(mount, "subPath");
        Path source = subPath.isEmpty() ? directory : subPath(directory, subPath);
        String mountPath =
                Path.of("/", Json.text(mount, "mountPath")).normalize().toString();
        return new Mount(
                container, volume, mountPath, source, mount.path("readOnly").asBoolean());
    }

    /** As a kubelet does, a subPath that is missing becomes a directory with the mode of the volume's root. */
    private static Path subPath(Path volume, String subPath) {
        Path wanted = VolumeDirectories.below(volume, subPath);
        if (!Files.exists(wanted)) {
            VolumeDirectories.made(wanted);
            try {
                Files.setPosixFilePermissions(wanted, Files.getPosixFilePermissions(volume));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return wanted;
    }

    private Path directory(ObjectNode volume) {
        String claim = Json.text(volume, "persistentVolumeClaim", "claimName");
        if (!claim.isEmpty()) {
            Path found = directories
                    .ofClaim(namespace, claim)
                    .orElseThrow(
                            () -> new VolumeNotReady("persistentvolumeclaim \"%s\" is not bound".formatted(claim)));
            return directories.isNfsClaim(namespace, claim) ? found : ownedByFsGroup(found);
        }
        if (volume.has("nfs")) {
            return directories.ofNfs(Json.text(volume, "nfs", "server"), Json.text(volume, "nfs", "path"));
        }
        Path own = VolumeDirectories.made(podDirectory.resolve("volumes").resolve(Json.text(volume, "name")));
        if (volume.has("secret") || volume.has("configMap")) {
            writeSource(own, volume);
        } else if (volume.has("projected")) {
            Json.objects(Json.at(volume, "projected", "sources")).forEach(source -> writeSource(own, source));
        } else {
            permit(own, "rwxrwxrwx");
        }
        return ownedByFsGroup(own);
    }

    private void writeSource(Path directory, ObjectNode source) {
        boolean secret = source.has("secret");
        JsonNode reference = secret ? source.path("secret") : source.path("configMap");
        String name = Json.text(reference, secret && reference.has("secretName") ? "secretName" : "name");
        if (name.isEmpty()) {
            return;
        }
        Map<String, byte[]> files = contents(
                store, secret, namespace, name, reference.path("optional").asBoolean());
        List<ObjectNode> items = Json.objects(reference.path("items"));
        String mode = permissions(reference.path("defaultMode").asInt(0644));
        if (items.isEmpty()) {
            files.forEach((key, bytes) -> write(directory.resolve(key), bytes, mode));
        }
        for (ObjectNode item : items) {
            byte[] bytes = Optional.ofNullable(files.get(Json.text(item, "key")))
                    .orElseThrow(() -> new VolumeNotReady("references non-existent key: " + Json.text(item, "key")));
            write(VolumeDirectories.below(directory, Json.text(item, "path")), bytes, mode);
        }
    }

    /** The entries of a Secret or ConfigMap; none when it is missing and may be. */
    static Map<String, byte[]> contents(
            ObjectStore store, boolean secret, String namespace, String name, boolean optional) {
        ResourceType type = secret ? ResourceTypes.SECRETS : ResourceTypes.CONFIG_MAPS;
        Optional<ObjectNode> found = store.find(type, new ObjectKey(namespace, name));
        if (found.isEmpty() && !optional) {
            throw new VolumeNotReady("%s \"%s\" not found".formatted(type.singular(), name));
        }
        Map<String, byte[]> contents = new TreeMap<>();
        found.ifPresent(object -> {
            Json.textMap(object.path("data"))
                    .forEach((key, value) -> contents.put(
                            key, secret ? Base64.getDecoder().decode(value) : value.getBytes(StandardCharsets.UTF_8)));
            Json.textMap(object.path("binaryData"))
                    .forEach((key, value) ->
                            contents.put(key, Base64.getDecoder().decode(value)));
        });
        return contents;
    }

    private static void write(Path file, byte[] bytes, String mode) {
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.write(file, bytes);
            permit(file, mode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A kubelet gives block and memory volumes, never NFS, to the pod's fsGroup, all they hold included. */
    private Path ownedByFsGroup(Path directory) {
        JsonNode fsGroup = Json.at(pod, "spec", "securityContext", "fsGroup");
        if (fsGroup.isInt() || fsGroup.isLong()) {
            FsGroup.give(directory, fsGroup.asInt());
        }
        return directory;
    }

    private static void permit(Path path, String mode) {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String permissions(int mode) {
        StringBuilder text = new StringBuilder();
        for (int shift = 8; shift >= 0; shift--) {
            text.append((mode >> shift & 1) == 1 ? "rwx".charAt((8 - shift) % 3) : '-');
        }
        return text.toString();
    }
}
