package dev.hubferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.testbed.CertificateAuthority;
import dev.hubferry.testbed.CertificateAuthority.Wish;
import dev.hubferry.testbed.KafkaBroker;
import dev.hubferry.testbed.KafkaSecurity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service says of a real broker that does not let it do its work, and that it is well when that is put right. */
class SecuredBrokerTest {
    private static final BrokerNeeds NEEDS = new BrokerNeeds(Set.of("read"), Set.of("written"), Set.of("group"));
    private static final BrokerWatch.Pauses SHORT =
            new BrokerWatch.Pauses(Duration.ofMillis(200), Duration.ofMillis(200));
    private static final String PASSWORD = "right-Password";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private static CertificateAuthority authority;
    private static KafkaSecurity security;
    private static KafkaBroker broker;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        authority = CertificateAuthority.make("known", directory.resolve("known.pem"));
        security = KafkaSecurity.in(directory.resolve("security"), authority);
        broker = KafkaBroker.start(KafkaBroker.Options.in(directory.resolve("kafka"))
                .withAutoCreateTopics(false)
                .withSecurity(security));
        admin = broker.admin();
        broker.createTopics(1, "read", "written");
        allow(ResourceType.TOPIC, "read", AclOperation.READ);
        allow(ResourceType.TOPIC, "written", AclOperation.WRITE);
        allow(ResourceType.GROUP, "group", AclOperation.READ);
        KafkaSecurity.letIn(admin, "someone", PASSWORD);
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void isWellWithTheLeast() {
        watching(
                connection(),
                watch -> Kit.until(
                        "the broker to be heard", () -> watch.trouble().isEmpty()));
    }

    @Test
    void saysThatThePasswordIsWrongAndIsWellWhenTheBrokerHasIt() {
        Map<String, Object> connection = connection();
        connection.putAll(security.client("someone", "other-Password"));
        watching(connection, watch -> {
            says(
                    watch,
                    "does not let the user someone in",
                    "Authentication failed",
                    "kafka.sasl.jaas.config",
                    "restart");
            // When
            KafkaSecurity.letIn(admin, "someone", "other-Password");
            // Then
            isWell(watch);
        });
        KafkaSecurity.letIn(admin, "someone", PASSWORD);
    }

    @Test
    void saysThatTheAuthorityIsNotTrusted() {
        var other = CertificateAuthority.make("other", directory.resolve("other.pem"));
        Map<String, Object> connection = connection();
        connection.put("ssl.truststore.location", other.file().toString());
        watching(
                connection,
                watch -> says(
                        watch,
                        "signed by nobody whom this service trusts",
                        "kafka.ssl.truststore.location=" + other.file()));
    }

    @Test
    void trustsTwoAuthoritiesWhileTheyChange() throws Exception {
        var next = CertificateAuthority.make("next", directory.resolve("next.pem"));
        Map<String, Object> connection = connection();
        connection.put("ssl.truststore.location", bothIn("both.pem", next).toString());
        watching(connection, SecuredBrokerTest::isWell);
    }

    private static Path bothIn(String name, CertificateAuthority next) throws IOException {
        return Files.writeString(
                directory.resolve(name), Files.readString(next.file()) + Files.readString(authority.file()));
    }

    @Test
    void saysThatTheCertificateIsForAnotherName() {
        Map<String, Object> connection = connection();
        connection.put("bootstrap.servers", broker.bootstrapServers().replace("127.0.0.1", "localhost"));
        watching(connection, watch -> says(watch, "certificate is for another name", "localhost", "connect by a name"));
    }

    @Test
    void saysThatTheCertificateHasExpiredAndIsWellWithANewOne() {
        watching(connection(), watch -> {
            isWell(watch);
            // When
            security.present(authority.issue(Wish.forThisMachine().expired()));
            broker.restartUnheard();
            // Then
            says(watch, "its certificate has expired", "give the server a new one");
            // When
            security.present(authority.issue(Wish.forThisMachine()));
            broker.restart();
            // Then
            isWell(watch);
        });
    }

    @Test
    void saysThatItSpeaksWithoutTls() {
        Map<String, Object> connection = new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers()));
        watching(connection, watch -> says(watch, "does not answer", "PLAINTEXT", "kafka.security.protocol"));
    }

    @Test
    void saysWhichRightIsMissingAndIsWellWhenItIsGiven() throws Exception {
        for (AclBinding right : List.of(
                right(ResourceType.TOPIC, "read", AclOperation.READ),
                right(ResourceType.TOPIC, "written", AclOperation.WRITE),
                right(ResourceType.GROUP, "group", AclOperation.READ))) {
            // Given
            admin.deleteAcls(List.of(right.toFilter())).all().get();
            watching(connection(), watch -> {
                says(watch, "does not allow the user someone", right.pattern().name(), "access.yaml");
                // When
                admin.createAcls(List.of(right));
                // Then
                isWell(watch);
            });
        }
    }

    private static void watching(Map<String, Object> connection, Consumer<BrokerWatch> test) {
        BrokerWatch watch = new BrokerWatch(connection, NEEDS, SHORT);
        watch.start();
        try {
            test.accept(watch);
        } finally {
            watch.stop();
        }
    }

    private static void isWell(BrokerWatch watch) {
        Kit.until("the broker to be heard", () -> watch.trouble().isEmpty());
        assertThat(HealthBeans.brokerOf(watch.trouble()).getData()).isEmpty();
    }

    private static void says(BrokerWatch watch, String... words) {
        Kit.until(
                "to say " + List.of(words) + ", not " + watch.trouble(),
                () -> watch.trouble().filter(said -> said.contains(words[0])).isPresent());
        assertThat(watch.trouble().orElseThrow()).contains(words).contains("the broker at ");
        assertThat(watch.trouble().orElseThrow()).doesNotContain(PASSWORD, "other-Password");
    }

    private static Map<String, Object> connection() {
        Map<String, Object> connection = new HashMap<>(security.client("someone", PASSWORD));
        connection.put("bootstrap.servers", broker.bootstrapServers());
        return connection;
    }

    private static void allow(ResourceType type, String name, AclOperation operation) throws Exception {
        admin.createAcls(List.of(right(type, name, operation))).all().get();
    }

    private static AclBinding right(ResourceType type, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:someone", "*", operation, AclPermissionType.ALLOW));
    }
}
