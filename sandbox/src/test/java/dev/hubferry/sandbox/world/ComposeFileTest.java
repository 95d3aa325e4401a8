package dev.hubferry.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.ChildProcess;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.AppInfoParser;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docker-compose.yml beside the services and the sandbox. */
class ComposeFileTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}");
    private static final String PASSWORD = "quarkus.datasource.password";

    private final ComposeFile compose = ComposeFile.of(ROOT);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void dockerComposeTakesIt() {
        assumeTrue(
                System.getenv("HUBFERRY_ALL_TESTS") != null || Files.isExecutable(Path.of("/usr/bin/docker-compose")),
                "no docker-compose here: apt-get install docker-compose");
        ChildProcess tool = ChildProcess.start(new ChildProcess.Spec(
                "docker-compose",
                List.of("docker-compose", "config", "--quiet"),
                Map.of(),
                ROOT,
                directory.resolve("docker-compose.log")));
        Await.until("docker-compose to end", Duration.ofMinutes(2), () -> !tool.isAlive());
        assertThat(tool.exitCode()).as(tool.logTail()).isZero();
        assertThat(tool.logTail()).isBlank();
    }

    @Test
    void asksEachServiceAtItsOwnPort() throws IOException {
        for (Service service : Service.values()) {
            assertThat(map(compose.service(service.module()), "healthcheck").get("test"))
                    .as(service.module())
                    .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                    .endsWith("dev.hubferry.messaging.ReadyProbe", port(service));
        }
    }

    @Test
    void showsOnlyTheOrchestratorAndOnlyToThisHost() throws IOException {
        for (String name : compose.services()) {
            Object ports = compose.service(name).get("ports");
            if (name.equals(Service.ORCHESTRATOR.module())) {
                assertThat(ports).isEqualTo(List.of("127.0.0.1:${HUBFERRY_PORT:-8080}:" + port(Service.ORCHESTRATOR)));
            } else {
                assertThat(ports).as(name).isNull();
            }
        }
    }

    @Test
    void givesNobodyMoreRightsThanNeeded() {
        for (String name : compose.services()) {
            assertThat(compose.service(name))
                    .as(name)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"))
                    .doesNotContainKeys("privileged", "cap_add", "network_mode", "pid");
        }
        for (Service service : Service.values()) {
            assertThat(compose.service(service.module()))
                    .as(service.module())
                    .containsEntry("user", "10001:10001")
                    .containsEntry("read_only", true)
                    .hasEntrySatisfying(
                            "tmpfs", tmpfs -> assertThat(tmpfs).asString().startsWith("[/tmp:exec,"));
        }
    }

    @Test
    void putsNoSecretIntoAnEnvironment() {
        for (String name : compose.services()) {
            if (compose.service(name).get("environment") instanceof Map<?, ?> environment) {
                assertThat(environment.keySet())
                        .as(name)
                        .noneMatch(key -> Pattern.compile("(PASSWORD|SECRET|TOKEN|JAAS)(?!.*_FILE$)")
                                .matcher(key.toString())
                                .find());
            }
        }
        for (Service service : Service.values()) {
            assertThat(compose.secrets(service)).as(service.module()).containsExactly(PASSWORD);
        }
    }

    @Test
    void makesTheTopicsOfTheSandbox() {
        Set<Set<String>> made = String.valueOf(
                        map(compose.service("topics"), "environment").get("TOPICS"))
                .lines()
                .map(line -> Set.of(line.split(" ")))
                .collect(Collectors.toSet());
        assertThat(made)
                .isEqualTo(KafkaAccess.topics(ROOT.resolve("deploy/kafka/topics.yaml")).stream()
                        .map(ComposeFileTest::words)
                        .collect(Collectors.toSet()));
        assertThat(map(compose.service("kafka"), "environment"))
                .containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    }

    @Test
    void listsItsVariablesWithTheirDefaults() throws IOException {
        // Given
        Properties listed = properties(ROOT.resolve("deploy/compose/.env.example"));
        Map<String, String> used = new HashMap<>();

        // When
        VARIABLE.matcher(Files.readString(ROOT.resolve("docker-compose.yml")))
                .results()
                .forEach(variable -> used.put(variable.group(1), variable.group(2)));

        // Then
        assertThat(listed).isEqualTo(used);
        assertThat(used).containsEntry("KAFKA_VERSION", AppInfoParser.getVersion());
        assertThat(ROOT.resolve("pom.xml"))
                .content()
                .contains("<artifactId>hubferry</artifactId>\n  <version>" + used.get("HUBFERRY_TAG") + "</version>");
    }

    @Test
    void readsWhatTheImageSays() {
        assertThat(compose.environment(Service.DNS))
                .containsEntry("QUARKUS_HTTP_HOST", "0.0.0.0")
                .containsEntry("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true")
                .containsEntry("SMALLRYE_CONFIG_LOCATIONS", "/etc/hubferry/application.properties")
                .containsEntry("SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS", "/run/secrets/hubferry")
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092");
    }

    @Test
    void givesSettingsARankAboveTheServicesOwn() throws IOException {
        for (Service service : Service.values()) {
            assertThat(properties(compose.settingsFile(service)))
                    .as(service.module())
                    .containsEntry("config_ordinal", "260");
        }
    }

    @Test
    void onlyWhatDiffersIsLaidOverIt() throws IOException {
        // Given
        Map<String, String> world = Map.of(
                "hubferry.connections.clusters", "old,new",
                "hubferry.connections.zones", "example-net",
                "quarkus.datasource.username", "hubferry",
                "kafka.bootstrap.servers", "127.0.0.1:9",
                "quarkus.datasource.password", "a-secret");

        // When
        ServiceInput input = ServiceInput.write(told(world), Service.ORCHESTRATOR, directory);

        // Then
        assertThat(input.laidOver())
                .isEqualTo(
                        Map.of("hubferry.connections.zones", "example-net", "kafka.bootstrap.servers", "127.0.0.1:9"));
        assertThat(properties(directory.resolve("laid-over.properties")))
                .containsEntry("config_ordinal", "500")
                .containsEntry("hubferry.connections.zones", "example-net")
                .hasSize(3);
        Path secret = directory.resolve("secrets").resolve(PASSWORD);
        assertThat(secret).hasContent("a-secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(input.environment())
                .containsEntry("QUARKUS_DATASOURCE_USERNAME", "hubferry")
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9")
                .doesNotContainKey("HUBFERRY_CONNECTIONS_ZONES")
                .doesNotContainValue("a-secret");
    }

    @Test
    void aSecretThatAWorldLacksIsNamed() {
        assertThatThrownBy(() -> ServiceInput.write(told(Map.of()), Service.DNS, directory))
                .hasMessageContaining("dns-svc")
                .hasMessageContaining(PASSWORD);
    }

    private static Set<String> words(NewTopic topic) {
        return Stream.concat(
                        Stream.of(topic.name(), Integer.toString(topic.numPartitions())),
                        topic.configs().entrySet().stream().map(setting -> setting.getKey() + "=" + setting.getValue()))
                .collect(Collectors.toSet());
    }

    private ServiceProcess.Given told(Map<String, String> world) {
        return new ServiceProcess.Given(compose, world, Optional.empty());
    }

    /** By default, as the service itself has it. */
    private static String port(Service service) throws IOException {
        return properties(ROOT.resolve(service.module()).resolve("src/main/resources/application.properties"))
                .getProperty("quarkus.http.port");
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
        }
        return properties;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.getOrDefault(key, Map.of());
    }
}
