package dev.hubferry.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.fakes.kubernetes.model.ResourceTypes;
import dev.hubferry.sandbox.EscapeScheme;
import dev.hubferry.sandbox.homes.HomesGenerator;
import dev.hubferry.sandbox.homes.HomesSpec;
import dev.hubferry.sandbox.hub.HubDatabase;
import dev.hubferry.testbed.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxWorldTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What the sandbox tells services and docker-compose.yml does not, by the end of its name, and why. */
    private static final Map<String, String> FOR_THE_SANDBOX_ONLY = Map.ofEntries(
            Map.entry("hubferry.connection-watch.every", "nobody who plays waits for a minute"),
            Map.entry("hubferry.connection-watch.report-every", "the same"),
            Map.entry("requesters.sandbox.public-key-file", "who may ask by event is everybody's own choice"),
            Map.entry("requesters.sandbox.roles", "the same"),
            Map.entry("hubferry.k8s.waits.poll-interval", "the downtime of a demo is short"),
            Map.entry("example-org.name-servers", "real ones are looked up"),
            Map.entry("example-org.shortest-ttl", "lower than Namecheap allows"),
            Map.entry("example-org.namecheap.url", "not the real Namecheap"),
            Map.entry("example-org.namecheap.calls-per-minute", "more than Namecheap allows"),
            Map.entry("example-org.namecheap.timeout", "the provider is on loopback"),
            Map.entry("example-org.namecheap.write-settles", "the same"));

    private static final Set<String> OF_EVERY_IMAGE =
            Set.of("HOME", "SMALLRYE_CONFIG_LOCATIONS", "SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS");

    @TempDir
    Path directory;

    @Test
    void holdsAnOldHubThatIsReachedAndANewOneThatWaits() throws Exception {
        // When
        Path root = directory.resolve("world");
        try (SandboxWorld world =
                SandboxWorld.start(WorldOptions.in(root).withHomesOf(12, 400, 4).withSeed(3))) {
            awaitReached(world);
            Await.until("users to work", LIMIT, () -> Files.exists(root.resolve("writes.jsonl")));

            // Then
            Await.until(
                    "the old hub to answer",
                    LIMIT,
                    () -> world.prober().latest().hub().equals(SandboxWorld.OLD));
            assertThat(world.zone().zone().records()).hasSize(5);
            assertThat(HubDatabase.at(world.hubs().oldDatabase()).users()).hasSize(256);
            assertThat(HubDatabase.at(world.hubs().newDatabase()).users()).containsExactly("sandbox-admin");
            assertThat(names(world.hubs().oldHomes())).hasSize(13).contains("_shared", "mail-40example-2eorg");
            assertThat(names(world.hubs().newHomes())).isEmpty();
            assertThat(world.cluster(SandboxWorld.OLD).userPods()).isEqualTo(5);
            assertThat(world.cluster(SandboxWorld.NEW).frontDoor().address()).isPresent();
            try (var admin = world.kafka().admin()) {
                assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS))
                        .hasSize(11)
                        .contains("hubferry.connections", "hubferry.requests", "hubferry.answers");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("services/secrets"))))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(world.requester().privateKey())))
                    .isEqualTo("rw-------");
            assertTheComposeFileGivesWhatTheSandboxDoes(world);
        }
        Await.until("all it started to end", LIMIT, () -> processesIn(root).isEmpty());
    }

    private static void assertTheComposeFileGivesWhatTheSandboxDoes(SandboxWorld world) {
        ComposeFile compose = ComposeFile.of(Path.of("..").toAbsolutePath().normalize());
        for (Service service : Service.values()) {
            Set<String> given = new HashSet<>(compose.settings(service).keySet());
            compose.secrets(service).forEach(secret -> given.add(SettingName.of(secret)));
            Set<String> sandbox = new ServiceSettings(world, Map.of(), Map.of())
                    .of(service, 1)
                    .keySet();
            assertThat(sandbox)
                    .as(service.module())
                    .allMatch(setting -> given.contains(SettingName.of(setting)) != isForTheSandboxOnly(setting));
            assertThat(compose.environment(service).keySet())
                    .as("%s: variables that nobody is known to read", service.module())
                    .isSubsetOf(Stream.concat(sandbox.stream().map(SettingName::of), OF_EVERY_IMAGE.stream())
                            .toList());
        }
    }

    private static boolean isForTheSandboxOnly(String setting) {
        return FOR_THE_SANDBOX_ONLY.keySet().stream().anyMatch(setting::endsWith);
    }

    @Test
    void usesATreeAndADatabaseThatExistInPlace() throws Exception {
        // Given
        Path tree = directory.resolve("given/homes");
        List<String> users = List.of("user003", "user004");
        HomesGenerator.generate(tree, new HomesSpec(users, 40, 1, 1));
        HubDatabase given = HubDatabase.copyOfReal(directory.resolve("given/hub.sqlite"));
        WorldOptions options = WorldOptions.in(directory.resolve("world"))
                .withExisting(Optional.of(tree), Optional.of(given.file()))
                .withQuietUsers();

        // When
        try (SandboxWorld world = SandboxWorld.start(options)) {
            awaitReached(world);

            // Then
            assertThat(world.hubs().oldHomes()).isEqualTo(tree);
            assertThat(world.hubs().oldDatabase()).isEqualTo(given.file());
            assertThat(Files.isSameFile(world.cluster(SandboxWorld.OLD).databaseFile(), given.file()))
                    .isTrue();
            assertThat(world.cluster(SandboxWorld.OLD).userPods()).isEqualTo(2);
            assertThat(world.cluster(SandboxWorld.OLD)
                            .world()
                            .find(ResourceTypes.PERSISTENT_VOLUMES, "", "astro-home-nfs")
                            .orElseThrow()
                            .at("/spec/nfs/path")
                            .asText())
                    .isEqualTo(tree.toString());
        }
    }

    @Test
    void givesHomesToTheAwkwardlyNamedFirst() {
        // Given
        List<String> all = List.of("root-admin", "user000", "user001", "user002", "ünïcode");

        // Then
        assertThat(WorldPeople.withHomes(all, 4)).containsExactly("user000", "root-admin", "ünïcode", "user001");
        assertThat(EscapeScheme.directory("ünïcode")).isEqualTo("-c3-bcn-c3-afcode");
    }

    private static void awaitReached(SandboxWorld world) {
        Await.until(
                "the prober to reach the hub",
                LIMIT,
                () -> world.prober().latest().reached());
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static List<String> processesIn(Path root) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(root.toString()))
                .toList();
    }
}
