package dev.hubferry.sandbox.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hubferry.fakes.kubernetes.node.PodContext;
import dev.hubferry.fakes.kubernetes.node.PodHandle;
import dev.hubferry.fakes.kubernetes.node.PodRuntime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs a {@link HubStandIn} in every hub pod of a cluster.
 *
 * <p>The pod's label {@code app.kubernetes.io/version} says which JupyterHub it is. A database that is missing is made
 * anew, as JupyterHub does; one that is broken or of another schema lets the pod fail.
 */
public final class HubRuntime implements PodRuntime {
    /** Where the chart mounts the hub's database volume. */
    public static final String DATABASE_DIRECTORY = "/srv/jupyterhub";

    /** Where the chart mounts the hub's Secret. */
    public static final String SECRET_DIRECTORY = "/usr/local/etc/jupyterhub/secret";

    /** The name of the database file. */
    public static final String DATABASE = "jupyterhub.sqlite";

    private static final int HUB_PORT = 8081;

    private final HubDatabase fresh;
    private final Map<String, HubStandIn> running = new ConcurrentHashMap<>();

    /** @param fresh what a hub makes for itself when it finds no database */
    public HubRuntime(HubDatabase fresh) {
        this.fresh = fresh;
    }

    @Override
    public Optional<PodHandle> start(PodContext pod) {
        JsonNode labels = pod.manifest().path("metadata").path("labels");
        if (!labels.path("component").asText().equals("hub")) {
            return Optional.empty();
        }
        String key = pod.namespace() + "/" + pod.name();
        HubStandIn hub = open(pod);
        running.put(key, hub);
        pod.listen(
                HUB_PORT,
                hub.address().getAddress().getHostAddress(),
                hub.address().getPort());
        pod.log("JupyterHub is now running at " + hub.uri());
        return Optional.of(PodHandle.untilStopped(() -> {
            running.remove(key);
            hub.close();
        }));
    }

    /** Where the hub of this pod answers; empty when none runs there. */
    Optional<URI> hub(String namespace, String pod) {
        return Optional.ofNullable(running.get(namespace + "/" + pod)).map(HubStandIn::uri);
    }

    private HubStandIn open(PodContext pod) {
        String version =
                pod.manifest().at("/metadata/labels/app.kubernetes.io~1version").asText(fresh.hubVersion());
        Path file = pod.directory(DATABASE_DIRECTORY).resolve(DATABASE);
        try {
            if (!Files.exists(file)) {
                Files.copy(fresh.file(), file);
                own(file);
            }
            HubStore store = HubStore.open(file, HubVersions.schemaOf(version));
            HubKeys keys = HubKeys.in(pod.directory(SECRET_DIRECTORY));
            return new HubStandIn(pod.podIp(), store, keys, version);
        } catch (IOException | SQLException e) {
            pod.log("the hub cannot start: " + e.getMessage());
            throw new IllegalStateException("the hub cannot start: " + e.getMessage(), e);
        }
    }

    private static void own(Path file) throws IOException {
        if (System.getProperty("user.name").equals("root")) {
            Files.setAttribute(file, "unix:uid", 1000);
            Files.setAttribute(file, "unix:gid", 1000);
        }
    }
}
