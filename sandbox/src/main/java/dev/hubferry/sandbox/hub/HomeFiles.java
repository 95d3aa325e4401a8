package dev.hubferry.sandbox.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.World;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.sandbox.EscapeScheme;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Files of users' homes on the volume that a cluster's claim home-nfs is bound to. */
final class HomeFiles {
    private static final String CLAIM = "home-nfs";

    private final World world;
    private final String namespace;
    private final NfsExports exports;

    HomeFiles(World world, String namespace, NfsExports exports) {
        this.world = world;
        this.namespace = namespace;
        this.exports = exports;
    }

    /** A plain file below the user's home; empty when there is none, or the path leads out of the home. */
    Optional<Path> file(String user, String path) {
        return homes().map(homes -> homes.resolve(EscapeScheme.directory(user)))
                .flatMap(home -> inside(home, path))
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    }

    private static Optional<Path> inside(Path home, String path) {
        Path file = home.resolve(path).normalize();
        return file.startsWith(home) ? Optional.of(file) : Optional.empty();
    }

    private Optional<Path> homes() {
        return world.find(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, namespace, CLAIM)
                .map(claim -> claim.at("/spec/volumeName").asText())
                .flatMap(name -> world.find(ResourceTypes.PERSISTENT_VOLUMES, "", name))
                .flatMap(this::directory);
    }

    private Optional<Path> directory(ObjectNode volume) {
        return exports.resolve(
                volume.at("/spec/nfs/server").asText(),
                volume.at("/spec/nfs/path").asText());
    }
}
