package dev.hubferry.db.messaging;

import dev.hubferry.db.FakeHub;
import dev.hubferry.testbed.Directories;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two clusters with a hub each, both stopped; {@code test.target} is the directory that is the target's volume. */
public final class TwoHubsResource implements QuarkusTestResourceLifecycleManager {
    private final List<FakeHub> hubs = new ArrayList<>();
    private Path directory = Path.of("unused");

    @Override
    public Map<String, String> start() {
        directory = Directories.temporary("two-hubs");
        FakeHub source = FakeHub.start(directory, "old", "astro", "3.0.0").withDatabase();
        hubs.add(source);
        FakeHub target = FakeHub.start(directory, "new", "stars", "3.1.1")
                .withDatabase("DELETE FROM users WHERE name <> 'root-admin'");
        hubs.add(target);
        return Map.of(
                // A pause of this machine is no reason to run a command again.
                "hubferry.messaging.lease", "PT2M",
                "hubferry.db.clusters.old.kubeconfig", source.kubeconfig().toString(),
                "hubferry.db.clusters.new.kubeconfig", target.kubeconfig().toString(),
                "hubferry.db.work-directory", directory.resolve("work").toString(),
                "test.target", target.volume().toString());
    }

    @Override
    public void stop() {
        hubs.forEach(FakeHub::close);
        Directories.delete(directory);
    }
}
