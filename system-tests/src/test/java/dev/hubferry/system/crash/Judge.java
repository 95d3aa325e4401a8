package dev.hubferry.system.crash;

import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.sandbox.hub.HubDatabase;
import dev.hubferry.sandbox.work.WritesVerifier;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.WorldImage;
import dev.hubferry.system.Trees;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks at a world after a migration. */
final class Judge {
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final CrashWorld crash;
    private final SandboxWorld world;
    private final Scenario scenario;
    private final List<String> wrong = new ArrayList<>();

    Judge(CrashWorld crash, Scenario scenario) {
        this.crash = crash;
        this.world = crash.sandbox();
        this.scenario = scenario;
    }

    /** What is not as it should be, in words. */
    List<String> judge(Map<String, String> before) throws Exception {
        crash.start().awaitHub(Round.hubAfter(scenario));
        if (scenario == Scenario.WAY_BACK) {
            WorldImage.differences(before, WorldImage.of(world))
                    .forEach((what, how) -> wrong.add(what + " is not as before: " + how));
            requireWrites(world.hubs().oldHomes());
        } else {
            require(
                    Trees.fingerprint(world.hubs().newHomes())
                            .equals(Trees.fingerprint(world.hubs().oldHomes())),
                    "the homes differ");
            requireWrites(world.hubs().newHomes());
            requireDatabase();
            requireSame("old authorized_keys", before);
            requireSame("new authorized_keys", before);
        }
        requireNothingLeft();
        return wrong;
    }

    private void requireWrites(Path homes) {
        List<String> lost =
                WritesVerifier.verify(world.layout().writes(), homes).lost();
        require(lost.isEmpty(), "acknowledged writes are missing: " + lost);
    }

    private void requireDatabase() {
        List<String> users = HubDatabase.at(world.hubs().oldDatabase()).users();
        List<String> moved = HubDatabase.at(world.hubs().newDatabase()).users();
        require(moved.equals(users), "the database has users " + moved + " instead of " + users);
    }

    private void requireSame(String what, Map<String, String> before) throws Exception {
        require(String.valueOf(WorldImage.of(world).get(what)).equals(before.get(what)), what + " is not as before");
    }

    /** A pod that was deleted takes a moment to be gone. */
    private void requireNothingLeft() throws IOException {
        try {
            Await.until("helper pods to be gone", GRACE, () -> helperPods().isEmpty());
        } catch (TestbedException e) {
            wrong.add("pods are left: " + helperPods());
        }
        for (Path place : List.of(
                world.hosts().oldHost().home().resolve(".hubferry"),
                world.hubs().newHomes().resolveSibling(".hubferry"))) {
            require(left(place).isEmpty(), "left in " + place + ": " + left(place));
        }
    }

    private List<String> helperPods() {
        return Stream.of(SandboxWorld.OLD, SandboxWorld.NEW)
                .flatMap(cluster ->
                        world.cluster(cluster).world().list(ResourceTypes.PODS, SandboxWorld.HUB, "").stream())
                .map(pod -> pod.at("/metadata/name").asText())
                .filter(name -> name.startsWith("hubferry-"))
                .toList();
    }

    /** Marks of who made which homes stay after a way back, and nothing else. */
    private static List<String> left(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.equals("owned"))
                    .sorted()
                    .toList();
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }
}
