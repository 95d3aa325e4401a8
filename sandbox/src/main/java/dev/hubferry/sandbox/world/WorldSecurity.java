package dev.hubferry.sandbox.world;

import dev.hubferry.testbed.CertificateAuthority;
import dev.hubferry.testbed.KafkaBroker;
import dev.hubferry.testbed.KafkaSecurity;
import dev.hubferry.testbed.PostgresServer;
import dev.hubferry.testbed.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * A world whose broker and database let in by TLS and password only, each service as a user of its own with what deploy/kafka and
 * deploy/postgres give it. Passwords reach a service as files.
 */
public final class WorldSecurity {
    private static final String PASSWORD = "quarkus.datasource.password";
    private static final String LOGIN = "sasl.jaas.config";

    private final Path deploy;
    private final Path directory;
    private final KafkaAccess access;
    private final CertificateAuthority authority;
    private final KafkaSecurity kafka;
    private final Map<String, String> kafkaPasswords = new TreeMap<>();
    private final Map<Service, String> databasePasswords = new TreeMap<>();

    private WorldSecurity(Path deploy, Path directory) {
        this.deploy = deploy;
        this.directory = directory;
        this.access = KafkaAccess.read(deploy.resolve("kafka/access.yaml"));
        this.authority = CertificateAuthority.make("sandbox", directory.resolve("ca.pem"));
        this.kafka = KafkaSecurity.in(directory.resolve("kafka"), authority);
        access.users().keySet().forEach(user -> kafkaPasswords.put(user, Secrets.next()));
        for (Service service : Service.values()) {
            databasePasswords.put(service, Secrets.next());
        }
    }

    /**
     * Makes keys and passwords.
     *
     * @param projectRoot where deploy/kafka and deploy/postgres are
     * @param directory for secrets, private
     */
    static WorldSecurity make(Path projectRoot, Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
        return new WorldSecurity(projectRoot.resolve("deploy"), directory);
    }

    /** What the broker and the database show. */
    public KafkaSecurity kafka() {
        return kafka;
    }

    /** Who has signed the certificates of both. */
    public CertificateAuthority authority() {
        return authority;
    }

    /** Passwords of the broker's users and of the database's roles. */
    public Collection<String> passwords() {
        List<String> all = new ArrayList<>(kafkaPasswords.values());
        all.addAll(databasePasswords.values());
        return all;
    }

    /** With what a user of the broker gets in, besides {@code bootstrap.servers}. */
    public Map<String, Object> client(String user) {
        return new HashMap<>(kafka.client(user, password(user)));
    }

    /** The service's role in the database. */
    public static String role(Service service) {
        return "hubferry_" + schema(service);
    }

    /** Where the service's tables are. */
    public static String schema(Service service) {
        return service.module().replaceFirst("-.*", "");
    }

    public String databasePassword(Service service) {
        return String.valueOf(databasePasswords.get(service));
    }

    /** The directory in which each file is a secret property of the service. */
    public Path secrets(Service service) {
        return directory.resolve(service.module());
    }

    /** Makes topics, users and rules. */
    void open(KafkaBroker broker) {
        try (Admin admin = broker.admin()) {
            admin.createTopics(KafkaAccess.topics(deploy.resolve("kafka/topics.yaml")))
                    .all()
                    .get();
            kafkaPasswords.forEach((user, password) -> KafkaSecurity.letIn(admin, user, password));
            admin.createAcls(access.bindings()).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker takes not what deploy/kafka says", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Makes roles and schemas. */
    void open(PostgresServer server) {
        server.secure(authority.issue(CertificateAuthority.Wish.forThisMachine()));
        try {
            server.execute(SandboxWorld.DATABASE, Files.readString(deploy.resolve("postgres/roles.sql")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the roles", e);
        }
        databasePasswords.forEach((service, password) ->
                server.execute("alter role %s password '%s'".formatted(role(service), password)));
    }

    /** What is no secret; the rest is written to {@link #secrets}. */
    Map<String, String> settings(Service service, PostgresServer server) {
        Map<String, String> settings = new HashMap<>();
        kafka.client(service.module(), password(service.module()))
                .forEach((key, value) -> settings.put("kafka." + key, value));
        writeSecret(service, "kafka." + LOGIN, String.valueOf(settings.remove("kafka." + LOGIN)));
        writeSecret(service, PASSWORD, databasePassword(service));
        settings.put("quarkus.datasource.jdbc.url", url(server.jdbcUrl(SandboxWorld.DATABASE)));
        settings.put("quarkus.datasource.username", role(service));
        return settings;
    }

    /** With full verification of the server. */
    public String url(String jdbcUrl) {
        return jdbcUrl + "?sslmode=verify-full&sslrootcert=" + authority.file();
    }

    private String password(String user) {
        return String.valueOf(kafkaPasswords.get(user));
    }

    private void writeSecret(Service service, String property, String value) {
        try {
            Files.createDirectories(secrets(service));
            Path file = secrets(service).resolve(property);
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, value);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a secret of " + service.module(), e);
        }
    }
}
