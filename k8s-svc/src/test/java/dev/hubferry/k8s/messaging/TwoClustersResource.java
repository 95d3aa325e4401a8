package dev.hubferry.k8s.messaging;

import dev.hubferry.k8s.adapter.fabric8.FakeWorld;
import dev.hubferry.testbed.Directories;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two clusters with a hub each, as the cluster connections {@code old} and {@code new} of the service. */
public final class TwoClustersResource implements QuarkusTestResourceLifecycleManager {
    private Path directory = Path.of("unused");
    private @Nullable FakeWorld world;

    @Override
    public Map<String, String> start() {
        directory = Directories.temporary("two-clusters");
        FakeWorld started = new FakeWorld(directory, "ClusterIP", 0, 1);
        started.startServer("ann", "ann", 1);
        world = started;
        return Map.of(
                "hubferry.k8s.clusters.old.kubeconfig",
                directory.resolve("old.kubeconfig").toString(),
                "hubferry.k8s.clusters.new.kubeconfig",
                directory.resolve("new.kubeconfig").toString(),
                "hubferry.k8s.storages.nfs-old.nfs-servers",
                "10.0.0.1",
                "hubferry.k8s.storages.nfs-new.nfs-servers",
                "10.0.0.2",
                "hubferry.k8s.waits.poll-interval",
                "PT0.02S",
                // A pause of this machine is no reason to run a command again.
                "hubferry.messaging.lease",
                "PT2M");
    }

    @Override
    public void stop() {
        Objects.requireNonNull(world).close();
        Directories.delete(directory);
    }
}
