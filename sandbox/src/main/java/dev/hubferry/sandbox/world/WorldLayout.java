package dev.hubferry.sandbox.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where everything of a world lies.
 *
 * <pre>
 *   DIR/nfs-old/, nfs-new/    the storage servers: sshd, HOME, and export/homes/astro unless homes were given
 *   DIR/old/, new/            the clusters: kubeconfig, volumes, pods
 *   DIR/services/             settings and logs of the services; settings and secrets are readable by the owner only
 *   DIR/kafka/, postgres/     data and logs
 *   DIR/users/                scripts and logs of the users at work
 *   DIR/writes.jsonl          what users were told is safe
 *   DIR/prober.jsonl          what was seen from outside
 * </pre>
 *
 * @param root DIR, absolute
 */
public record WorldLayout(Path root) {

    /** Makes the directories that have to be private. */
    static WorldLayout make(Path root) {
        WorldLayout layout = new WorldLayout(root);
        try {
            Files.createDirectories(root);
            layout.makePrivate(layout.services());
            layout.makePrivate(layout.secrets());
            return layout;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + root, e);
        }
    }

    private void makePrivate(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    public Path host(String storage) {
        return root.resolve(storage);
    }

    /** Where homes are generated, or copied to. */
    public Path homes(String storage, String release) {
        return host(storage).resolve("export/homes").resolve(release);
    }

    public Path cluster(String name) {
        return root.resolve(name);
    }

    public Path services() {
        return root.resolve("services");
    }

    public Path secrets() {
        return services().resolve("secrets");
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path users() {
        return root.resolve("users");
    }

    public Path writes() {
        return root.resolve("writes.jsonl");
    }

    public Path prober() {
        return root.resolve("prober.jsonl");
    }
}
