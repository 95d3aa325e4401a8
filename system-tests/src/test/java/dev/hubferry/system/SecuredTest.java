package dev.hubferry.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hubferry.sandbox.demo.DemoSpec;
import dev.hubferry.sandbox.demo.MigrationClient;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.Service;
import dev.hubferry.sandbox.world.ServiceProcess;
import dev.hubferry.sandbox.world.WorldOptions;
import dev.hubferry.sandbox.world.WorldSecurity;
import dev.hubferry.testbed.Await;
import dev.hubferry.testbed.KafkaSecurity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A world whose broker and database let in by TLS and password only, each service with the least that deploy/ gives it. */
@TestMethodOrder(OrderAnnotation.class)
class SecuredTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String EVENTS = "hubferry.events";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private static SandboxWorld world;
    private static WorldSecurity security;

    @BeforeAll
    static void start() {
        WorldOptions options = WorldOptions.in(directory.resolve("world"))
                .withHomesOf(3, 60, 1)
                .withSeed(7);
        world = SandboxWorld.startSecured(options, Project.root());
        security = world.security().orElseThrow();
        world.startServices(Project.root(), Map.of("quarkus.log.console.json.enabled", "true"));
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    @Order(1)
    void aHubMovesAndNoPasswordIsSeen() throws Exception {
        try (SecretSearch secrets = SecretSearch.in(world)) {
            int number = 0;
            for (String password : security.passwords()) {
                secrets.want("password " + ++number, password);
            }
            // When
            Mover mover = new Mover(world);
            String id = mover.request(DemoSpec.of(world), "move");
            secrets.want("the id", id);
            JsonNode ended = mover.watch(id);
            // Then
            assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("COMPLETED");
            assertThat(secrets.found().keySet()).isEqualTo(Set.of("the id"));
            for (ServiceProcess service : world.services()) {
                String environment = Files.readString(
                        Path.of("/proc", Long.toString(service.process().pid()), "environ"),
                        StandardCharsets.ISO_8859_1);
                assertThat(environment).contains("MALLOC_ARENA_MAX").doesNotContain(security.passwords());
            }
            assertThat(events("ops-tools"))
                    .anyMatch(event -> event.contains(id))
                    .hasSizeGreaterThan(20);
        }
    }

    @Test
    @Order(2)
    void nobodyElseReadsEventsOrWritesCommands() {
        for (String user :
                List.of("requester", "storage-svc", "k8s-svc", "db-transfer-svc", "dns-svc", "orchestrator-svc")) {
            assertThatThrownBy(() -> events(user)).as(user).isInstanceOf(TopicAuthorizationException.class);
        }
        for (String user : List.of("ops-tools", "requester", "storage-svc", "k8s-svc", "dns-svc")) {
            assertThatThrownBy(() -> write(user, "hubferry.commands.db"))
                    .as(user)
                    .hasRootCauseInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    @Order(3)
    void aRoleSeesNoTableOfOthers() throws Exception {
        // Given
        String url = security.url(world.jdbcUrl());
        String own = "select count(*) from k8s.flyway_schema_history";
        try (var connection = DriverManager.getConnection(
                        url, WorldSecurity.role(Service.K8S), security.databasePassword(Service.K8S));
                var statement = connection.createStatement()) {
            // Then
            try (ResultSet rows = statement.executeQuery(own)) {
                assertThat(rows.next()).isTrue();
            }
            for (String each : tablesOfOrchestrator()) {
                assertThatThrownBy(() -> statement.executeQuery("select * from orchestrator." + each))
                        .as(each)
                        .hasMessageContaining("permission denied for schema orchestrator");
            }
            assertThatThrownBy(() -> statement.execute("create schema more")).hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("create table public.more (id int)"))
                    .hasMessageContaining("permission denied");
        }
        assertThatThrownBy(() -> DriverManager.getConnection(
                        url, WorldSecurity.role(Service.K8S), security.databasePassword(Service.DNS)))
                .hasMessageContaining("password authentication failed");
    }

    private static List<String> tablesOfOrchestrator() throws Exception {
        List<String> tables = new ArrayList<>();
        try (var connection = world.postgres().dataSource("hubferry").getConnection();
                var statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select tablename from pg_tables where schemaname = 'orchestrator'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        assertThat(tables).hasSizeGreaterThan(5);
        return tables;
    }

    @Test
    @Order(4)
    void aServiceWithAnotherPasswordOfTheBrokerIsNotReadyUntilTheBrokerHasIt() throws Exception {
        // Given
        Path secrets = secretsOf(Service.DNS, "other");
        String mine = Files.readString(secrets.resolve("kafka.sasl.jaas.config"));
        Files.writeString(
                secrets.resolve("kafka.sasl.jaas.config"),
                mine.replaceFirst("password=\"[^\"]*", "password=\"hunter2"));
        // When
        ServiceProcess service = world.startReplica(Project.root(), Service.DNS, 2, Map.of(), secrets);
        // Then
        awaitReason(service, "does not let the user dns-svc in");
        assertThat(Files.readString(service.process().log()))
                .contains("does not let the user dns-svc in")
                .doesNotContain("hunter2");
        // When the broker is told the new password
        try (Admin admin = world.kafka().admin()) {
            KafkaSecurity.letIn(admin, "dns-svc", "hunter2");
            // Then
            awaitReady(service);
            // The old password is not good any more, which nobody notices who is in already.
            assertThat(readiness(world.services(Service.DNS).getFirst())
                            .path("status")
                            .asText())
                    .isEqualTo("UP");
            KafkaSecurity.letIn(admin, "dns-svc", oldPassword(mine));
        }
        service.process().kill();
    }

    @Test
    @Order(5)
    void servicesComeBackByThemselvesWhenARightIsGivenBack() throws Exception {
        ServiceProcess service = world.services(Service.K8S).getFirst();
        AclBinding right = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "hubferry.commands.k8s", PatternType.LITERAL),
                new AccessControlEntry("User:k8s-svc", "*", AclOperation.READ, AclPermissionType.ALLOW));
        try (Admin admin = world.kafka().admin()) {
            // When
            admin.deleteAcls(List.of(right.toFilter())).all().get();
            // Then
            awaitReason(service, "does not allow the user k8s-svc");
            // When
            admin.createAcls(List.of(right)).all().get();
        }
        awaitReady(service);
        assertThat(plan().path("verdict").asText()).isNotEmpty();
    }

    @Test
    @Order(6)
    void aServiceThatTheDatabaseDoesNotLetInEndsAndSaysWhy() throws Exception {
        // Given
        Path secrets = secretsOf(Service.K8S, "of-the-database");
        Files.writeString(secrets.resolve("quarkus.datasource.password"), "hunter2");
        // When
        ServiceProcess service = world.startReplica(Project.root(), Service.K8S, 2, Map.of(), secrets);
        Await.until("the service to end", LIMIT, () -> !service.process().isAlive());
        // Then
        assertThat(service.process().exitCode()).isEqualTo(1);
        assertThat(Files.readString(service.process().log()))
                .contains("does not let the role hubferry_k8s in", "quarkus.datasource.password")
                .doesNotContain("hunter2");
        // When it is put right and started again, as whoever watches over it does
        Files.writeString(secrets.resolve("quarkus.datasource.password"), security.databasePassword(Service.K8S));
        service.restart();
    }

    @Test
    @Order(7)
    void aServiceWhoseRoleHasAnotherPasswordWorksOnUntilItConnectsAnew() throws Exception {
        // Given
        ServiceProcess service = world.services(Service.STORAGE).getFirst();
        String role = WorldSecurity.role(Service.STORAGE);
        world.postgres().execute("alter role %s password 'rotated'".formatted(role));
        assertThat(readiness(service).path("status").asText()).isEqualTo("UP");
        // When
        world.postgres()
                .execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s'".formatted(role));
        // Then
        awaitReason(service, "password authentication failed for user");
        // When
        world.postgres()
                .execute("alter role %s password '%s'".formatted(role, security.databasePassword(Service.STORAGE)));
        // Then
        awaitReady(service);
    }

    private static String oldPassword(String login) {
        return login.replaceFirst(".*password=\"([^\"]*)\".*", "$1");
    }

    private static Path secretsOf(Service service, String name) throws Exception {
        Path copy = Files.createDirectories(security.secrets(service).resolveSibling(service.module() + "-" + name));
        for (String file : List.of("kafka.sasl.jaas.config", "quarkus.datasource.password")) {
            Files.copy(security.secrets(service).resolve(file), copy.resolve(file));
        }
        return copy;
    }

    /** A plan, which all participants are asked for. */
    private static JsonNode plan() throws Exception {
        var client = new MigrationClient(
                world.services(Service.ORCHESTRATOR).getFirst().url(),
                world.tokens().all());
        String id = client.plan(DemoSpec.of(world)).path("id").asText();
        return Await.value("the plan", LIMIT, () -> {
            JsonNode plan = client.plan(id);
            return Optional.of(plan).filter(json -> json.has("verdict"));
        });
    }

    private static void awaitReady(ServiceProcess service) {
        Await.until(service.service() + " to be ready", LIMIT, () -> {
            JsonNode said = readiness(service);
            return said.path("status").asText().equals("UP");
        });
    }

    private static void awaitReason(ServiceProcess service, String words) {
        Await.until(
                "%s to say: %s".formatted(service.service(), words),
                LIMIT,
                () -> readiness(service).toString().contains(words));
        assertThat(readiness(service).path("status").asText()).isEqualTo("DOWN");
        // A restart would not mend it.
        assertThat(given().get(service.url().resolve("/q/health/live")).statusCode())
                .as("%s", given().get(service.url().resolve("/q/health/live")).asString())
                .isEqualTo(200);
    }

    private static JsonNode readiness(ServiceProcess service) {
        try {
            return new ObjectMapper()
                    .readTree(given().get(service.url().resolve("/q/health/ready"))
                            .asString());
        } catch (Exception e) {
            // It does not listen yet.
            return MissingNode.getInstance();
        }
    }

    private static List<String> events(String user) {
        List<String> events = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(client(user), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(EVENTS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(event -> events.add(new String(event.key(), StandardCharsets.UTF_8)));
            }
        }
        return events;
    }

    private static void write(String user, String topic) throws Exception {
        try (var producer = new KafkaProducer<>(client(user), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, new byte[0])).get();
        }
    }

    private static Map<String, Object> client(String user) {
        Map<String, Object> client = new HashMap<>(security.client(user));
        client.put("bootstrap.servers", world.kafka().bootstrapServers());
        return client;
    }
}
