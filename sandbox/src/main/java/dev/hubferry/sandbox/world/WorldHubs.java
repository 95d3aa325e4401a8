package dev.hubferry.sandbox.world;

import dev.hubferry.sandbox.EscapeScheme;
import dev.hubferry.sandbox.cluster.HubPlan;
import dev.hubferry.sandbox.cluster.SandboxCluster;
import dev.hubferry.sandbox.cluster.SecretKeys;
import dev.hubferry.sandbox.homes.HomesGenerator;
import dev.hubferry.sandbox.homes.HomesSpec;
import dev.hubferry.sandbox.hub.HubDatabase;
import dev.hubferry.sandbox.hub.NfsExports;
import dev.hubferry.sandbox.work.UserRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The old and the new cluster with a hub each, and the homes and databases of both hubs. */
public final class WorldHubs implements AutoCloseable {
    static final List<String> OLD_ADDRESSES = List.of("127.0.11.1", "127.0.11.2", "127.0.11.3");
    static final List<String> NEW_ADDRESSES = List.of("127.0.12.1", "127.0.12.2", "127.0.12.3");
    static final List<String> ALL_ADDRESSES =
            Stream.of(OLD_ADDRESSES, NEW_ADDRESSES).flatMap(List::stream).toList();

    private static final int USER_ID = 1000;

    private final int doorPort;
    private final Path oldHomes;
    private final Path newHomes;
    private final Path oldDatabase;
    private final List<String> active;
    private final SandboxCluster oldCluster;
    private final SandboxCluster newCluster;

    private WorldHubs(WorldOptions options, WorldLayout layout, int doorPort) throws IOException {
        this.doorPort = doorPort;
        this.oldHomes = options.homes().orElseGet(() -> layout.homes(WorldHosts.OLD, SandboxWorld.HUB));
        this.newHomes = layout.homes(WorldHosts.NEW, SandboxWorld.HUB);
        Path placed = SandboxCluster.databaseFile(layout.cluster(SandboxWorld.OLD), SandboxWorld.HUB);
        HubDatabase database = options.database().isPresent()
                ? inPlace(HubDatabase.at(options.database().get()), placed)
                : HubDatabase.copyOfReal(placed);
        own(placed);
        this.oldDatabase = options.database().orElse(placed);
        HubDatabase fresh = database.emptiedTo(layout.root().resolve("fresh-hub.sqlite"), "sandbox-admin");
        SecretKeys keys = SecretKeys.random();
        HubPlan oldPlan = plan(database, WorldHosts.OLD_ADDRESS, oldHomes, keys);
        HubPlan newPlan = plan(database, WorldHosts.NEW_ADDRESS, newHomes, keys);
        this.active = people(options, database);
        if (options.database().isEmpty()) {
            active.forEach(
                    user -> database.markRunning(user, SandboxCluster.podName(user), SandboxWorld.HUB, "127.64.0.1"));
        }
        Path waiting = SandboxCluster.databaseFile(layout.cluster(SandboxWorld.NEW), SandboxWorld.HUB);
        database.emptiedTo(waiting, "sandbox-admin");
        own(waiting);
        this.oldCluster = cluster(SandboxWorld.OLD, oldPlan, fresh, options, layout, OLD_ADDRESSES, "127.64");
        try {
            this.newCluster = cluster(SandboxWorld.NEW, newPlan, fresh, options, layout, NEW_ADDRESSES, "127.65");
        } catch (RuntimeException e) {
            oldCluster.close();
            throw e;
        }
    }

    static WorldHubs start(WorldOptions options, WorldLayout layout, int doorPort) {
        try {
            WorldHubs hubs = new WorldHubs(options, layout, doorPort);
            hubs.install();
            return hubs;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the hubs", e);
        }
    }

    private void install() {
        try {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(oldCluster::installHub),
                            CompletableFuture.runAsync(newCluster::installHub))
                    .join();
            oldCluster.startServers(active);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static HubPlan plan(HubDatabase database, String server, Path homes, SecretKeys keys) {
        return new HubPlan(SandboxWorld.HUB, SandboxWorld.HUB, database.hubVersion(), server, homes, keys);
    }

    /** Makes the homes, unless they are there, and chooses who is at work in them. */
    private List<String> people(WorldOptions options, HubDatabase database) throws IOException {
        List<String> all = database.users();
        if (options.homes().isEmpty()) {
            List<String> directories = WorldPeople.withHomes(all, options.users()).stream()
                    .map(EscapeScheme::directory)
                    .toList();
            Files.createDirectories(oldHomes);
            own(oldHomes);
            HomesGenerator.generate(
                    oldHomes, new HomesSpec(directories, options.files(), options.megabytes(), options.seed()));
        }
        Files.createDirectories(newHomes);
        own(newHomes);
        return WorldPeople.active(all, oldHomes, options.activeUsers());
    }

    /** A second name for the same file; where the file system does not allow that, a copy. */
    private static HubDatabase inPlace(HubDatabase database, Path target) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        try {
            Files.createLink(target, database.file());
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(database.file(), target);
        }
        return HubDatabase.at(target);
    }

    private static void own(Path path) throws IOException {
        if (System.getProperty("user.name").equals("root")) {
            Files.setAttribute(path, "unix:uid", USER_ID);
            Files.setAttribute(path, "unix:gid", USER_ID);
        }
    }

    private SandboxCluster cluster(
            String name,
            HubPlan plan,
            HubDatabase fresh,
            WorldOptions options,
            WorldLayout layout,
            List<String> addresses,
            String podNetwork) {
        NfsExports exports = new NfsExports(Map.of(
                WorldHosts.OLD_ADDRESS + ":" + oldHomes, oldHomes, WorldHosts.NEW_ADDRESS + ":" + newHomes, newHomes));
        return SandboxCluster.start(new SandboxCluster.Options(
                name,
                layout.cluster(name),
                plan,
                fresh,
                exports,
                new UserRuntime(layout.users(), layout.writes(), options.changesPerSecond(), options.seed()),
                addresses,
                doorPort,
                WorldZone.HUB,
                podNetwork));
    }

    /** The cluster of this name. */
    public SandboxCluster cluster(String name) {
        return switch (name) {
            case SandboxWorld.OLD -> oldCluster;
            case SandboxWorld.NEW -> newCluster;
            default -> throw new IllegalArgumentException("no cluster " + name);
        };
    }

    /** Lets the users of both hubs finish the change under way and do nothing more. */
    public void endUsersWork(Duration grace) {
        oldCluster.endUsersWork(grace);
        newCluster.endUsersWork(grace);
    }

    /** The homes to be moved; also their path on the old storage server. */
    public Path oldHomes() {
        return oldHomes;
    }

    /** Where the homes go; also their path on the new storage server. */
    public Path newHomes() {
        return newHomes;
    }

    /** The old hub's database file: the one that was given, or the sandbox's own. */
    public Path oldDatabase() {
        return oldDatabase;
    }

    /** The new hub's database file. */
    public Path newDatabase() {
        return newCluster.databaseFile();
    }

    /** Where the old hub's name points at first. */
    String oldAddress() {
        return oldCluster.frontDoor().address().orElseThrow();
    }

    int doorPort() {
        return doorPort;
    }

    @Override
    public void close() {
        oldCluster.close();
        newCluster.close();
    }
}
