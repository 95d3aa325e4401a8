package dev.hubferry.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * How a broker lets clients in: by TLS with a certificate of {@code authority}, as users with a password (SCRAM-SHA-512), who may do nothing
 * that no access rule allows. Its controller's own port stays open to this machine.
 */
public final class KafkaSecurity {
    private static final String ADMINISTRATOR = "admin";
    private static final int ITERATIONS = 4096;

    private final Path directory;
    private final CertificateAuthority authority;
    private final String password = Secrets.next();

    private KafkaSecurity(Path directory, CertificateAuthority authority) {
        this.directory = directory;
        this.authority = authority;
    }

    /** With a certificate for 127.0.0.1; its key lies in {@code directory}. */
    public static KafkaSecurity in(Path directory, CertificateAuthority authority) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
        var security = new KafkaSecurity(directory, authority);
        security.present(authority.issue(CertificateAuthority.Wish.forThisMachine()));
        writePrivate(
                security.firstUser(),
                "SCRAM-SHA-512=[name=%s,password=%s]".formatted(ADMINISTRATOR, security.password));
        return security;
    }

    /** What the broker shows from its next start on. */
    public void present(CertificateAuthority.Identity identity) {
        writePrivate(keyStore(), identity.key() + identity.certificate());
        // A broker does not start unless it would trust itself, which it does by name, expired or not.
        writePrivate(ownTrust(), readable(authority.file()) + identity.certificate());
    }

    /** With what a client gets in as this user, besides {@code bootstrap.servers}. */
    public Map<String, String> client(String user, String secret) {
        return Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config", login(user, secret),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", authority.file().toString());
    }

    /** Makes the user, or gives it another password. */
    public static void letIn(Admin admin, String user, String secret) {
        var credential = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
        try {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, credential, secret)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new TestbedException("cannot make user " + user, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("interrupted while making user " + user, e);
        }
    }

    Map<String, Object> administrator() {
        return new HashMap<>(client(ADMINISTRATOR, password));
    }

    /** A file for StorageTool, which makes this user before the first start. */
    Path firstUser() {
        return directory.resolve("first-user");
    }

    String brokerProperties() {
        return """
                inter.broker.listener.name=SASL_SSL
                sasl.enabled.mechanisms=SCRAM-SHA-512
                sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
                listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=%s
                ssl.keystore.type=PEM
                ssl.keystore.location=%s
                ssl.truststore.type=PEM
                ssl.truststore.location=%s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:%s;User:ANONYMOUS
                """.formatted(login(ADMINISTRATOR, password), keyStore(), ownTrust(), ADMINISTRATOR);
    }

    private Path keyStore() {
        return directory.resolve("broker.pem");
    }

    private Path ownTrust() {
        return directory.resolve("broker-trust.pem");
    }

    private static String readable(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static String login(String user, String secret) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(user, secret);
    }

    /** For the owner only, from its first byte on. */
    static void writePrivate(Path file, String text) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
