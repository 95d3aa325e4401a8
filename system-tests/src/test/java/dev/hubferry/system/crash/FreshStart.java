package dev.hubferry.system.crash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.World;
import dev.hubferry.fakes.kubernetes.model.ResourceType;
import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.fakes.namecheap.FakeRecord;
import dev.hubferry.fakes.namecheap.FakeZone;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.WorldZone;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts a world back to where it began, past the product, so that one world can see many migrations. */
final class FreshStart {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> CLUSTERS = List.of(SandboxWorld.OLD, SandboxWorld.NEW);

    private final SandboxWorld world;
    private final Map<String, Objects> objects = new TreeMap<>();
    private final FakeZone zone;
    private final Path kept;

    private record Objects(List<ObjectNode> services, List<ObjectNode> deployments, List<ObjectNode> userPods) {}

    /** Remembers how the world is now, and in which everything is ready. */
    FreshStart(SandboxWorld world) throws Exception {
        this.world = world;
        this.zone = world.zone().zone();
        this.kept = world.layout().root().resolve("fresh-start");
        for (String cluster : CLUSTERS) {
            World at = world.cluster(cluster).world();
            objects.put(
                    cluster,
                    new Objects(
                            at.list(ResourceTypes.SERVICES, SandboxWorld.HUB, ""),
                            at.list(ResourceTypes.DEPLOYMENTS, SandboxWorld.HUB, ""),
                            at.list(ResourceTypes.PODS, SandboxWorld.HUB, "component=singleuser-server")));
            shell("mkdir -p \"$2\" && cp -a \"$1/.\" \"$2\"", databases(cluster), kept.resolve(cluster));
        }
    }

    /** Puts everything back and waits until users reach the old hub. */
    void restore() throws Exception {
        for (String cluster : CLUSTERS) {
            stopHub(cluster);
            shell(
                    "find \"$1\" -mindepth 1 -delete && cp -a \"$2/.\" \"$1\"",
                    databases(cluster),
                    kept.resolve(cluster));
        }
        shell(
                "find \"$1\" -mindepth 1 -delete && rm -rf \"$2\"",
                world.hubs().newHomes(),
                world.hubs().newHomes().resolveSibling(".hubferry"));
        for (String cluster : CLUSTERS) {
            restoreObjects(cluster);
        }
        Await.until("both hubs to be ready", LIMIT, () -> CLUSTERS.stream().allMatch(this::isReady));
        restoreZone();
        awaitHub(SandboxWorld.OLD);
    }

    /** Waits until the name leads to this hub. */
    void awaitHub(String hub) {
        Await.until(
                "the name leads to the " + hub + " hub",
                LIMIT,
                () -> world.prober().latest().reached()
                        && world.prober().latest().hub().equals(hub));
    }

    /** Users of the old hub whose servers were stopped start them again. */
    void restoreUsers() {
        World at = world.cluster(SandboxWorld.OLD).world();
        List<ObjectNode> pods = of(SandboxWorld.OLD).userPods();
        for (ObjectNode pod : pods) {
            if (at.find(ResourceTypes.PODS, SandboxWorld.HUB, name(pod)).isEmpty()) {
                ObjectNode again = bare(pod);
                again.withObject("/spec").remove("nodeName");
                at.create(again);
            }
        }
        Await.until(
                "the users' servers to run",
                LIMIT,
                () -> pods.stream()
                        .allMatch(pod -> at.find(ResourceTypes.PODS, SandboxWorld.HUB, name(pod))
                                .filter(found ->
                                        found.at("/status/phase").asText().equals("Running"))
                                .isPresent()));
    }

    private void stopHub(String cluster) {
        World at = world.cluster(cluster).world();
        for (ObjectNode deployment : of(cluster).deployments()) {
            if (deployment.at("/metadata/name").asText().equals("hub")) {
                at.update(ResourceTypes.DEPLOYMENTS, SandboxWorld.HUB, "hub", now -> {
                    now.withObject("/spec").put("replicas", 0);
                    return now;
                });
            }
        }
        Await.until(
                "the hub of " + cluster + " to stop",
                LIMIT,
                () -> at.list(ResourceTypes.PODS, SandboxWorld.HUB, "component=hub")
                        .isEmpty());
    }

    private void restoreObjects(String cluster) {
        World at = world.cluster(cluster).world();
        for (ObjectNode service : of(cluster).services()) {
            if (at.find(ResourceTypes.SERVICES, SandboxWorld.HUB, name(service)).isEmpty()) {
                at.create(bare(service));
            } else {
                respec(at, ResourceTypes.SERVICES, service);
            }
        }
        of(cluster).deployments().forEach(deployment -> respec(at, ResourceTypes.DEPLOYMENTS, deployment));
    }

    private boolean isReady(String cluster) {
        return !world.cluster(cluster)
                        .world()
                        .endpoints(SandboxWorld.HUB, "hub")
                        .isEmpty()
                && !world.cluster(cluster)
                        .world()
                        .endpoints(SandboxWorld.HUB, "proxy-public")
                        .isEmpty()
                && world.cluster(cluster).frontDoor().address().isPresent();
    }

    /** A Service that was made anew may have another address. */
    private void restoreZone() {
        String address = world.cluster(SandboxWorld.OLD).frontDoor().address().orElseThrow();
        List<FakeRecord> records = zone.records().stream()
                .map(record -> record.host().equals(WorldZone.HOST)
                        ? FakeRecord.a(WorldZone.HOST, address, record.ttl())
                        : record)
                .toList();
        world.zone().namecheap().edit(WorldZone.DOMAIN, now -> zone.withRecords(records));
    }

    private static void respec(World at, ResourceType type, ObjectNode wanted) {
        at.update(type, SandboxWorld.HUB, name(wanted), now -> {
            now.set("spec", wanted.path("spec").deepCopy());
            return now;
        });
    }

    private static ObjectNode bare(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove("status");
        copy.withObject("/metadata").remove(List.of("uid", "resourceVersion", "creationTimestamp", "generation"));
        return copy;
    }

    private Objects of(String cluster) {
        Objects found = objects.get(cluster);
        if (found == null) {
            throw new IllegalStateException("no cluster " + cluster);
        }
        return found;
    }

    private Path databases(String cluster) {
        return world.cluster(cluster).databaseFile().resolveSibling(".").normalize();
    }

    private static String name(ObjectNode object) {
        return object.at("/metadata/name").asText();
    }

    private static void shell(String script, Path... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "-euc", script, "fresh-start"));
        for (Path argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + command);
        }
    }
}
